//! Text to and from the bytes of GB18030, strictly.

use encoding_rs::{DecoderResult, EncoderResult, GB18030};

/// The text in GB18030 with the mapping of its 2022 edition, or the place of the first
/// character, counted in characters, that would not come back as it is: some characters
/// for private use share their bytes with others.
///
/// # Errors
///
/// That place.
pub fn gb18030(text: &str) -> Result<Vec<u8>, usize> {
    let (bytes, _, replaced) = GB18030.encode(text);
    let back = (!replaced).then(|| GB18030.decode_without_bom_handling_and_without_replacement(&bytes));
    if back.flatten().is_some_and(|back| back == text) {
        return Ok(bytes.into_owned());
    }
    let lost = |character: char| {
        let mut utf8 = [0; 4];
        let one = &*character.encode_utf8(&mut utf8);
        let mut bytes = [0; 16];
        let (result, _, written) =
            GB18030.new_encoder().encode_from_utf8_without_replacement(one, &mut bytes, true);
        let bytes = bytes.get(..written).unwrap_or_default();
        let back = GB18030.decode_without_bom_handling_and_without_replacement(bytes);
        result != EncoderResult::InputEmpty || back.is_none_or(|back| back != one)
    };
    Err(text.chars().position(lost).unwrap_or(0))
}

/// The text of bytes in GB18030, which GBK and GB2312 are parts of; or the place of the
/// first byte that is none.
///
/// # Errors
///
/// That place.
pub fn utf8_of_gb18030(bytes: &[u8]) -> Result<String, usize> {
    let mut decoder = GB18030.new_decoder_without_bom_handling();
    let length = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
    let mut text = String::with_capacity(length.unwrap_or_default());
    match decoder.decode_to_string_without_replacement(bytes, &mut text, true) {
        (DecoderResult::InputEmpty, _) => Ok(text),
        (DecoderResult::Malformed(wrong, after), read) => {
            Err(read.saturating_sub(usize::from(wrong) + usize::from(after)))
        }
        // Not before `usize` overflows: the text has room for all.
        (DecoderResult::OutputFull, read) => Err(read),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_back() {
        for text in ["", "年报", "㙟𠮷䶮鿴龴€", "a\u{0}b"] {
            assert_eq!(utf8_of_gb18030(&gb18030(text).unwrap()).unwrap(), text);
        }
    }

    #[test]
    fn bytes_of_no_character_are_refused_with_their_place() {
        assert_eq!(utf8_of_gb18030(b"ab\xFF"), Err(2));
        assert_eq!(utf8_of_gb18030(b"ab\x81"), Err(2));
        assert_eq!(utf8_of_gb18030(b"\xC4\xEA\x81\x20"), Err(2));
    }

    #[test]
    fn the_edition_of_2022_is_written() {
        // In earlier editions these two bytes were a character for private use.
        assert_eq!(gb18030("龴"), Ok(vec![0xFE, 0x59]));
        assert_eq!(gb18030("ḿ"), Ok(vec![0xA8, 0xBC]));
        assert_eq!(gb18030("年报€𠮷"), Ok(GB18030.encode("年报€𠮷").0.into_owned()));
    }

    #[test]
    fn what_would_come_back_as_another_character_is_refused() {
        assert_eq!(gb18030("年\u{E81E}"), Err(1));
        assert_eq!(gb18030("年报\u{E5E5}"), Err(2));
    }
}
