//! Exact decimal numbers. No float ever touches a value.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::num::NonZeroU8;
use std::ops::Neg;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An exact decimal that remembers the places it was printed with: `0.0000` stays
/// `0.0000`, yet equals `0`.
#[derive(Debug, Clone, Copy)]
pub struct Decimal {
    // The digits without the point: reports have hundreds of numbers, and 28 digits need no
    // more bits.
    low: u64,
    high: i32,
    /// One more than the digits after the point, so that no number takes no room.
    places: NonZeroU8,
}

impl Decimal {
    /// The most digits a number may have. More is no statistic, and would not stay exact.
    pub const MAX_DIGITS: usize = 28;

    /// The most digits after the point, for the same reason; every number then fits
    /// `decimal(38, 10)`, which databases and Arrow have.
    pub const MAX_PLACES: u8 = 10;

    /// Zero.
    pub const ZERO: Self = Self::of(0, 0);

    /// `coefficient` × 10^−`scale`; none if it has more than [`Self::MAX_DIGITS`] digits, or
    /// more than [`Self::MAX_PLACES`] after the point.
    pub fn new(coefficient: i128, scale: u8) -> Option<Self> {
        const LEAST_TOO_LONG: u128 = 10_u128.pow(Decimal::MAX_DIGITS as u32);
        (coefficient.unsigned_abs() < LEAST_TOO_LONG && scale <= Self::MAX_PLACES)
            .then(|| Self::of(coefficient, scale))
    }

    /// The same, within these bounds.
    const fn of(coefficient: i128, scale: u8) -> Self {
        let (low, high) = (coefficient as u64, (coefficient >> 64) as i32);
        Self { low, high, places: NonZeroU8::MIN.saturating_add(scale) }
    }

    /// The digits without the point.
    pub const fn coefficient(self) -> i128 {
        (self.high as i128) << 64 | self.low as i128
    }

    /// Digits after the point, as printed.
    pub const fn scale(self) -> u8 {
        self.places.get() - 1
    }

    /// The value as an integer, if it is one and fits.
    pub fn to_i64(self) -> Option<i64> {
        let (coefficient, scale) = self.shortest();
        (scale == 0).then(|| i64::try_from(coefficient).ok()).flatten()
    }

    /// Whether nothing but zeros stands after the point.
    pub fn is_integer(self) -> bool {
        self.shortest().1 == 0
    }

    /// Below zero.
    pub const fn is_negative(self) -> bool {
        self.coefficient() < 0
    }

    /// The sum with the places of the longer fraction, if it stays exact.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        if self.scale() == other.scale() {
            return Self::new(self.coefficient().checked_add(other.coefficient())?, self.scale());
        }
        let scale = self.scale().max(other.scale());
        let raised =
            |d: Self| 10_i128.checked_pow(u32::from(scale - d.scale()))?.checked_mul(d.coefficient());
        Self::new(raised(self)?.checked_add(raised(other)?)?, scale)
    }

    pub(crate) const fn from_integer(value: i64) -> Self {
        Self::of(value as i128, 0)
    }

    /// The product, if it stays exact.
    pub(crate) fn checked_mul(self, other: Self) -> Option<Self> {
        Self::new(
            self.coefficient().checked_mul(other.coefficient())?,
            self.scale().checked_add(other.scale())?,
        )
    }

    /// The value times ten to the power of `places`, if that is a whole number that stays
    /// exact.
    pub(crate) fn scaled(self, places: u8) -> Option<i128> {
        let (coefficient, scale) = self.shortest();
        10_i128.checked_pow(u32::from(places.checked_sub(scale)?))?.checked_mul(coefficient)
    }

    /// The value times ten to the power of `places`, if it stays exact.
    pub(crate) fn checked_shift(self, places: u8) -> Option<Self> {
        match self.scale().checked_sub(places) {
            Some(scale) => Some(Self::of(self.coefficient(), scale)),
            None => {
                let factor = 10_i128.checked_pow(u32::from(places - self.scale()))?;
                Self::new(self.coefficient().checked_mul(factor)?, 0)
            }
        }
    }

    /// Without zeros at the end of the fraction.
    fn shortest(self) -> (i128, u8) {
        let (mut coefficient, mut scale) = (self.coefficient(), self.scale());
        while scale > 0 && coefficient % 10 == 0 {
            coefficient /= 10;
            scale -= 1;
        }
        (coefficient, scale)
    }
}

impl Neg for Decimal {
    type Output = Self;

    fn neg(self) -> Self {
        // At most 28 digits: far from the end of the type.
        Self::of(-self.coefficient(), self.scale())
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.shortest() == other.shortest()
    }
}

impl Eq for Decimal {}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.shortest().hash(state);
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        // Whole parts first: bringing both to one scale could overflow.
        let split = |d: &Self| {
            let unit = 10_i128.pow(u32::from(d.scale()));
            (d.coefficient().div_euclid(unit), d.coefficient().rem_euclid(unit), d.scale())
        };
        let (a, a_part, a_scale) = split(self);
        let (b, b_part, b_scale) = split(other);
        let scale = a_scale.max(b_scale);
        let raise = |part: i128, own: u8| part * 10_i128.pow(u32::from(scale - own));
        a.cmp(&b).then_with(|| raise(a_part, a_scale).cmp(&raise(b_part, b_scale)))
    }
}

impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        Self::of(i128::from(value), 0)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.coefficient().unsigned_abs().to_string();
        let scale = usize::from(self.scale());
        let text = if scale == 0 {
            digits
        } else {
            let padded = format!("{digits:0>width$}", width = scale + 1);
            let (whole, part) = padded.split_at(padded.len() - scale);
            format!("{whole}.{part}")
        };
        f.pad_integral(self.coefficient() >= 0, "", &text)
    }
}

impl FromStr for Decimal {
    type Err = ParseDecimalError;

    /// Reads `-12.50`: an optional sign, ASCII digits, at most one point.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (negative, digits) = match text.strip_prefix(['-', '+']) {
            Some(rest) => (text.starts_with('-'), rest),
            None => (false, text),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let all = [whole, part].concat();
        let plain = !all.is_empty() && all.bytes().all(|b| b.is_ascii_digit());
        let point_is_followed = !digits.contains('.') || !part.is_empty();
        // Zeros before the number count, too: so long a text is no statistic.
        if !plain || !point_is_followed || all.len() > Self::MAX_DIGITS {
            return Err(ParseDecimalError);
        }
        let magnitude: i128 = all.parse().map_err(|_| ParseDecimalError)?;
        let scale = u8::try_from(part.len()).map_err(|_| ParseDecimalError)?;
        Self::new(if negative { -magnitude } else { magnitude }, scale).ok_or(ParseDecimalError)
    }
}

/// The text is no decimal number, or has too many digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a decimal number of at most {max} digits, {places} of them after the point",
    max = Decimal::MAX_DIGITS, places = Decimal::MAX_PLACES)]
pub struct ParseDecimalError;

impl Serialize for Decimal {
    /// A string, since JSON readers turn numbers into floats.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        std::borrow::Cow::<str>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printing_keeps_the_places() {
        for text in ["0", "0.0000", "-4", "251000", "59237.2449", "0.092", "-0.5"] {
            assert_eq!(text.parse::<Decimal>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn equality_and_order_are_numeric() {
        let d = |s: &str| s.parse::<Decimal>().unwrap();
        assert_eq!(d("0.0000"), d("0"));
        assert_eq!(d("-1.50"), d("-1.5"));
        assert!(d("-1.5") < d("-1.25"));
        assert!(d("9999999999999999999999999999") > d("0.9999999999"));
        assert_eq!(d("12.00").to_i64(), Some(12));
        assert_eq!(d("12.01").to_i64(), None);
    }

    #[test]
    fn what_is_no_plain_number_is_refused() {
        for text in ["", "-", ".", "1.", "1,000", "1e3", "１２", "1.2.3", "99999999999999999999999999999"] {
            assert!(text.parse::<Decimal>().is_err(), "{text}");
        }
    }
}
