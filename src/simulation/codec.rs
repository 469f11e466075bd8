//! Plain values to bytes and back: whole numbers in groups of seven bits, least first, the eighth bit saying that more
//! follow (LEB128); floats as their eight bytes, least first; texts after their length.

/// Bytes that do not say what they should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unreadable;

/// Values as bytes.
#[derive(Debug, Default)]
pub(super) struct Writer {
    pub(super) bytes: Vec<u8>,
}

impl Writer {
    pub(super) fn number(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.bytes.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }

    pub(super) fn floats(&mut self, values: &[f64]) {
        values.iter().for_each(|value| self.bytes.extend(value.to_le_bytes()));
    }

    pub(super) fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.bytes.extend(text.as_bytes());
    }
}

/// Bytes that are read from the front. Nothing is allocated for a length before so many bytes are there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a> {
    pub(super) bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn number(&mut self) -> Result<u64, Unreadable> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.take(1)?[0];
            let bits = u64::from(byte & 0x7f);
            if bits << shift >> shift != bits {
                return Err(Unreadable);
            }
            value |= bits << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(Unreadable)
    }

    pub(super) fn float(&mut self) -> Result<f64, Unreadable> {
        Ok(self.floats(1)?[0])
    }

    pub(super) fn floats(&mut self, count: usize) -> Result<Vec<f64>, Unreadable> {
        let (bytes, _) = self.take(count.checked_mul(8).ok_or(Unreadable)?)?.as_chunks();
        Ok(bytes.iter().map(|bytes| f64::from_le_bytes(*bytes)).collect())
    }

    pub(super) fn text(&mut self) -> Result<String, Unreadable> {
        let length = usize::try_from(self.number()?).map_err(|_| Unreadable)?;
        String::from_utf8(self.take(length)?.to_vec()).map_err(|_| Unreadable)
    }

    /// Whether nothing is left.
    pub(super) fn end(&self) -> Result<(), Unreadable> {
        if self.bytes.is_empty() { Ok(()) } else { Err(Unreadable) }
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], Unreadable> {
        let (taken, rest) = self.bytes.split_at_checked(count).ok_or(Unreadable)?;
        self.bytes = rest;
        Ok(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBERS: [u64; 8] = [0, 1, 127, 128, 300, u32::MAX as u64, 1 << 63, u64::MAX];
    const FLOATS: [f64; 5] = [0.0, -0.0, 0.1, f64::INFINITY, 5e-324];

    fn written() -> Writer {
        let mut writer = Writer::default();
        NUMBERS.iter().for_each(|number| writer.number(*number));
        writer.text("für");
        writer.floats(&FLOATS);
        writer
    }

    fn read(bytes: &[u8]) -> Result<(Vec<u64>, String, Vec<f64>), Unreadable> {
        let mut reader = Reader { bytes };
        let numbers = NUMBERS.iter().map(|_| reader.number()).collect::<Result<_, _>>()?;
        let read = (numbers, reader.text()?, reader.floats(FLOATS.len())?);
        reader.end().map(|()| read)
    }

    #[test]
    fn what_was_written_is_read() {
        let (numbers, text, floats) = read(&written().bytes).unwrap();
        assert_eq!((&numbers[..], text.as_str()), (&NUMBERS[..], "für"));
        assert_eq!(floats.iter().map(|x| x.to_bits()).collect::<Vec<_>>(), FLOATS.map(f64::to_bits));
    }

    #[test]
    fn no_beginning_and_no_extension_is_read() {
        let bytes = written().bytes;
        (0..bytes.len()).for_each(|end| assert_eq!(read(&bytes[..end]), Err(Unreadable)));
        assert_eq!(read(&[&bytes[..], &[0]].concat()), Err(Unreadable));
    }

    #[test]
    fn lengths_beyond_the_bytes_and_numbers_beyond_64_bits_are_refused() {
        let mut long = Writer::default();
        long.number(u64::MAX);
        assert_eq!(Reader { bytes: &long.bytes }.text(), Err(Unreadable));
        assert_eq!(Reader { bytes: &[0; 16] }.floats(usize::MAX), Err(Unreadable));
        let ten = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02];
        assert_eq!(Reader { bytes: &ten }.number(), Err(Unreadable));
        assert_eq!(Reader { bytes: &[0xff; 12] }.number(), Err(Unreadable));
    }
}
