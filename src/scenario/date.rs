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

    /// Years of 365.25 days from this day to another; negative if that lies before.
    pub fn years_until(self, other: Date) -> f64 {
        (other.day_number() - self.day_number()) as f64 / 365.25
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}
