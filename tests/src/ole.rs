//! Compound files with the same bytes on every run ([MS-CFB]).

const SECTOR: usize = 512;
const MINI: usize = 64;
const CUTOFF: usize = 4096;
const END: u32 = 0xffff_fffe;
const FREE: u32 = 0xffff_ffff;
const FAT: u32 = 0xffff_fffd;

/// A compound file of named streams in its root.
pub fn write(streams: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let (mut fat, mut sectors): (Vec<u32>, Vec<u8>) = (Vec::new(), Vec::new());
    let (mut mini_fat, mut mini): (Vec<u32>, Vec<u8>) = (Vec::new(), Vec::new());
    let mut entries = Vec::new();
    for (name, bytes) in streams {
        let start = if bytes.len() < CUTOFF {
            append(&mut mini_fat, &mut mini, bytes, MINI)
        } else {
            append(&mut fat, &mut sectors, bytes, SECTOR)
        };
        entries.push((*name, 2_u8, start, bytes.len()));
    }
    let mini_start = append(&mut fat, &mut sectors, &mini, SECTOR);
    entries.insert(0, ("Root Entry", 5, mini_start, mini.len()));
    let table: Vec<u8> = mini_fat.iter().flat_map(|n| n.to_le_bytes()).collect();
    let mini_table = append(&mut fat, &mut sectors, &padded(&table, SECTOR, 0xff), SECTOR);

    let count = entries.len();
    let mut directory = Vec::new();
    for (n, (name, kind, start, size)) in entries.into_iter().enumerate() {
        let name: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        let mut entry = padded(&name, 64, 0);
        entry.extend((name.len() as u16).to_le_bytes());
        entry.extend([kind, 1]);
        // A chain to the right is a tree as well.
        let right = if n > 0 && n + 1 < count { n as u32 + 1 } else { FREE };
        let child = if n == 0 && count > 1 { 1 } else { FREE };
        entry.extend([FREE, right, child].into_iter().flat_map(u32::to_le_bytes));
        entry.extend([0; 36]);
        entry.extend(start.to_le_bytes());
        entry.extend((size as u64).to_le_bytes());
        directory.extend(entry);
    }
    let first_entry = append(&mut fat, &mut sectors, &padded(&directory, SECTOR, 0), SECTOR);

    let per_sector = SECTOR / 4;
    let mut holders = 0;
    while holders * per_sector < fat.len() + holders {
        holders += 1;
    }
    assert!(holders <= 109, "too large for this writer");
    let first_holder = fat.len() as u32;
    fat.extend(std::iter::repeat_n(FAT, holders));
    fat.resize(holders * per_sector, FREE);
    sectors.extend(fat.iter().flat_map(|n| n.to_le_bytes()));

    let mut file = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    file.extend([0; 16]);
    file.extend([0x3e_u16, 3, 0xfffe, 9, 6].into_iter().flat_map(u16::to_le_bytes));
    file.extend([0; 10]);
    let mini_sectors = if mini_table == END { 0 } else { 1 };
    let header = [holders as u32, first_entry, 0, CUTOFF as u32, mini_table, mini_sectors, END, 0];
    file.extend(header.into_iter().flat_map(u32::to_le_bytes));
    let list = (0..109).map(|n| if n < holders as u32 { first_holder + n } else { FREE });
    file.extend(list.flat_map(u32::to_le_bytes));
    file.extend(sectors);
    file
}

fn append(fat: &mut Vec<u32>, sectors: &mut Vec<u8>, bytes: &[u8], size: usize) -> u32 {
    if bytes.is_empty() {
        return END;
    }
    let first = fat.len() as u32;
    let count = bytes.len().div_ceil(size) as u32;
    fat.extend((1..count).map(|n| first + n).chain([END]));
    sectors.extend(padded(bytes, size, 0));
    first
}

fn padded(bytes: &[u8], size: usize, with: u8) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes.resize(bytes.len().div_ceil(size) * size, with);
    bytes
}
