//! Calendar dates.

use std::fmt;

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Year.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, from 1.
    pub day: u8,
}

impl Date {
    /// Days since 1 March of the year 0 (Hinnant 2013, "chrono-compatible low-level date algorithms").
    ///
    /// ```
    /// use foretell::scenario::Date;
    /// let (a, b) = (Date { year: 2023, month: 9, day: 15 }, Date { year: 2024, month: 9, day: 15 });
    /// assert_eq!(b.day_number() - a.day_number(), 366);
    /// ```
    pub fn day_number(self) -> i64 {
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        let year = i64::from(self.year) - i64::from(month <= 2);
        let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
        era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year
    }

    /// The day that `text` names as YYYY-MM-DD, if there is such a day.
    ///
    /// ```
    /// use foretell::scenario::Date;
    /// assert_eq!(Date::parse("2024-02-29"), Some(Date { year: 2024, month: 2, day: 29 }));
    /// assert_eq!(Date::parse("2023-02-29"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Date> {
        let digits = |part: &str, count: usize| {
            let is_plain = part.len() == count && part.bytes().all(|one| one.is_ascii_digit());
            is_plain.then(|| part.parse::<u16>().ok()).flatten()
        };
        let mut parts = text.trim().splitn(3, '-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let (year, month, day) = (digits(year, 4)?, digits(month, 2)?, digits(day, 2)?);
        let date = Date { year, month: u8::try_from(month).ok()?, day: u8::try_from(day).ok()? };
        let is_month = (1..=12).contains(&month);
        (is_month && day >= 1 && day <= date.month_length()).then_some(date)
    }

    /// The days that `text` can mean in other notations, such as 31.12.2025, 12/31/2025 or 9 January 2025; two of 09/01/2025, which
    /// is in January for some and in September for others.
    ///
    /// ```
    /// use foretell::scenario::Date;
    /// assert_eq!(Date::readings("31.12.2025"), [Date { year: 2025, month: 12, day: 31 }]);
    /// assert_eq!(Date::readings("09/01/2025").len(), 2);
    /// ```
    pub fn readings(text: &str) -> Vec<Date> {
        let parts: Vec<&str> = text
            .split(|c: char| ". /-,".contains(c) || c.is_whitespace())
            .filter(|part| !part.is_empty())
            .collect();
        let [a, b, c] = parts[..] else { return Vec::new() };
        let orders = match (text.contains('/'), month(a), month(b)) {
            _ if a.len() == 4 => vec![(a, b, c)],
            (_, Some(_), _) => vec![(c, a, b)],
            (true, ..) => vec![(c, b, a), (c, a, b)],
            _ => vec![(c, b, a)],
        };
        let iso = |(year, part, day): (&str, &str, &str)| {
            let month = month(part).or_else(|| part.parse().ok())?;
            let day: u8 = day.trim_end_matches(char::is_alphabetic).parse().ok()?;
            Date::parse(&format!("{year}-{month:02}-{day:02}"))
        };
        let mut found: Vec<Date> = orders.into_iter().filter_map(iso).collect();
        found.dedup();
        found
    }

    /// The day as people write it.
    ///
    /// ```
    /// use foretell::scenario::Date;
    /// assert_eq!(Date { year: 2023, month: 9, day: 13 }.named(), "13 Sep 2023");
    /// ```
    pub fn named(self) -> String {
        format!("{} {} {}", self.day, self.month_name(), self.year)
    }

    /// Three letters of the month's name.
    pub fn month_name(self) -> &'static str {
        NAMES[usize::from(self.month.clamp(1, 12)) - 1]
    }

    /// How many days the month has.
    fn month_length(self) -> u16 {
        let is_leap =
            self.year.is_multiple_of(4) && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400));
        match self.month {
            2 => 28 + u16::from(is_leap),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    /// The day so many days later; the last of the year 9999 if that lies beyond it.
    ///
    /// ```
    /// use foretell::scenario::Date;
    /// let day = Date { year: 2024, month: 2, day: 28 };
    /// assert_eq!(day.later(2), Date { year: 2024, month: 3, day: 1 });
    /// ```
    pub fn later(self, days: i64) -> Date {
        let target = self.day_number() + days.max(0);
        let mut day = self;
        while day.day_number() < target && day < (Date { year: 9999, month: 12, day: 31 }) {
            let left = i64::from(day.month_length()) - i64::from(day.day);
            let step = (target - day.day_number()).min(left + 1);
            day = match step <= left {
                true => Date { day: day.day + step as u8, ..day },
                false if day.month == 12 => Date { year: day.year + 1, month: 1, day: 1 },
                false => Date { month: day.month + 1, day: 1, ..day },
            };
        }
        day
    }

    /// Years of 365.25 days from this day to another; negative if that lies before.
    pub fn years_until(self, other: Date) -> f64 {
        (other.day_number() - self.day_number()) as f64 / 365.25
    }
}

/// Three letters of each month's name.
const NAMES: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The month that a word names, by its first three letters.
fn month(word: &str) -> Option<u8> {
    let begins =
        |name: &&str| word.len() >= 3 && word.is_char_boundary(3) && word[..3].eq_ignore_ascii_case(name);
    let at = NAMES.iter().position(begins)?;
    u8::try_from(at + 1).ok()
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}
