//! What a footer may ask for, looked at before it is believed: its schema is built by recursion, and room is made for as
//! many things as a list says that it has.

use super::thrift::{I32, LIST, Thrift};
use crate::input::Limits;
use parquet::errors::{ParquetError, Result};

/// That all of a footer is there, that it takes no more memory than it may, and that the groups of its schema do not
/// stand in one another too deep.
pub(super) fn check(footer: &[u8], limits: &Limits) -> Result<()> {
    let mut children = Vec::new();
    let mut thrift = Thrift::new(footer);
    let most = limits.unpacked;
    thrift.structure(0, &mut |thrift, id, kind| {
        if thrift.weight > most {
            return Err(heavy(most));
        }
        if (id, kind) != (2, LIST) {
            return Ok(false);
        }
        let (count, _) = thrift.list()?;
        for _ in 0..count {
            let mut number = 0;
            thrift.structure(0, &mut |thrift, id, kind| {
                let is_number = (id, kind) == (5, I32);
                if is_number {
                    number = thrift.integer()?;
                }
                Ok(is_number)
            })?;
            children.push(number);
        }
        Ok(true)
    })?;
    if thrift.weight > most { Err(heavy(most)) } else { check_depth(&children, limits.groups) }
}

fn heavy(most: u64) -> ParquetError {
    ParquetError::General(format!(
        "a footer that would take more than {most} bytes of memory; write it again with fewer row groups"
    ))
}

/// How deep groups stand in one another, by how many children each element of a schema has.
fn check_depth(children: &[i64], most: usize) -> Result<()> {
    // how many children of each open group are still to come
    let mut open: Vec<i64> = Vec::new();
    for number in children.iter().copied() {
        if let Some(left) = open.last_mut() {
            *left -= 1;
        }
        if number > 0 {
            open.push(number);
        }
        if open.len() > most {
            return Err(ParquetError::General(format!(
                "its schema has more than {most} groups in one another"
            )));
        }
        while open.last() == Some(&0) {
            open.pop();
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Elements of a schema by how many children each has, as a footer.
    fn footer(children: &[u8]) -> Vec<u8> {
        // version: i32; then the list of the schema
        let mut bytes = vec![0x15, 2, 0x19, 0xFC, children.len() as u8 | 0x80, (children.len() >> 7) as u8];
        for number in children.iter().copied() {
            // name: binary; number of children: i32
            bytes.extend([0x48, 1, b'a', 0x15, number * 2, 0]);
        }
        bytes.push(0);
        bytes
    }

    #[test]
    fn schemas_have_a_depth() {
        let check_schema = |footer: &[u8], groups| check(footer, &Limits { groups, ..Limits::default() });
        let nested = |n: usize| footer(&[vec![1; n], vec![0]].concat());
        assert!(check_schema(&nested(5), 5).is_ok());
        let told = check_schema(&nested(6), 5).unwrap_err().to_string();
        assert!(told.contains("its schema has more than 5 groups in one another"), "{told}");
        // side by side they are not in one another
        assert!(check_schema(&footer(&[9, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 0]), 2).is_ok());
        // what is cut short is no footer
        assert!(check_schema(&nested(4)[..20], 5).is_err());
        assert!(check_schema(b"", 5).is_err());
    }

    #[test]
    fn lists_have_what_they_say() {
        let told = |footer: &[u8], unpacked| {
            let limits = Limits { unpacked, ..Limits::default() };
            check(footer, &limits).map_err(|e| e.to_string())
        };
        let ten = footer(&[9, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        assert_eq!(told(&ten, 5_120), Ok(()));
        let heavy = told(&ten, 5_119).unwrap_err();
        assert!(
            heavy.contains("would take more than 5119 bytes of memory; write it again with fewer row groups"),
            "{heavy}"
        );
        // a list of two thousand million row groups, of which there are two
        let lie = [0x15, 2, 0x39, 0xFC, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0, 0, 0];
        assert!(told(&lie, u64::MAX).is_err());
    }
}
