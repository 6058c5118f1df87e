//! Parquet with flat columns; a batch of each wanted column is in memory at a time.

use super::{Table, Trouble};
use ::parquet::basic::{ConvertedType, LogicalType, TimeUnit};
use ::parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use ::parquet::data_type::{ByteArray, DataType, Int96};
use ::parquet::errors::ParquetError;
use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::schema::types::ColumnDescriptor;
use std::fmt::Write as _;
use std::fs::File;
use std::path::Path;

/// Rows read at once.
const BATCH: usize = 4_096;
/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

pub(super) struct Parquet {
    reader: SerializedFileReader<File>,
    columns: Vec<Column>,
    /// The row group to open next.
    group: usize,
    /// Rows that the open group still has beyond the batch.
    of_group: usize,
    /// Rows of the batch, and which of them is current.
    batch: usize,
    at: usize,
    row: u64,
}

/// A wanted column.
struct Column {
    /// Its place in the schema.
    leaf: usize,
    required: Option<&'static str>,
    meaning: Meaning,
    reader: Option<ColumnReader>,
    /// One level a row where the column may lack values.
    levels: Vec<i16>,
    values: Values,
    /// The value to take next.
    next: usize,
    text: String,
}

/// What an integer of a column stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Signed,
    Unsigned,
    Date,
    Milliseconds,
    Microseconds,
    Nanoseconds,
}

/// Values that are there, in the order of rows.
enum Values {
    None,
    Bool(Vec<bool>),
    Int32(Vec<i32>),
    Int64(Vec<i64>),
    Int96(Vec<Int96>),
    Float(Vec<f32>),
    Double(Vec<f64>),
    Bytes(Vec<ByteArray>),
}

impl Parquet {
    pub(super) fn open(file: &Path) -> Result<Self, Trouble> {
        let opened = File::open(file).map_err(Trouble::Storage)?;
        let reader = SerializedFileReader::new(opened).map_err(Trouble::Parquet)?;
        Ok(Self { reader, columns: Vec::new(), group: 0, of_group: 0, batch: 0, at: 0, row: 0 })
    }

    /// Reads the next batch; `false` where there is none.
    fn refill(&mut self) -> Result<bool, Trouble> {
        while self.of_group == 0 {
            if self.group == self.reader.num_row_groups() {
                return Ok(false);
            }
            let group = self.reader.get_row_group(self.group).map_err(Trouble::Parquet)?;
            self.of_group = usize::try_from(group.metadata().num_rows()).unwrap_or(0);
            for column in &mut self.columns {
                column.reader = Some(group.get_column_reader(column.leaf).map_err(Trouble::Parquet)?);
            }
            self.group += 1;
        }
        self.batch = self.of_group.min(BATCH);
        self.of_group -= self.batch;
        self.at = 0;
        for column in &mut self.columns {
            column.refill(self.batch).map_err(Trouble::Parquet)?;
        }
        Ok(true)
    }
}

impl Table for Parquet {
    fn find(&mut self, column: &str, required: Option<&'static str>) -> Result<Option<usize>, Trouble> {
        let schema = self.reader.metadata().file_metadata().schema_descr_ptr();
        let named = |leaf: &usize| schema.column(*leaf).path().string() == column;
        let Some(leaf) = (0..schema.num_columns()).find(named) else { return Ok(None) };
        if let Some(at) = self.columns.iter().position(|column| column.leaf == leaf) {
            self.columns[at].required = self.columns[at].required.or(required);
            return Ok(Some(at));
        }
        let described = schema.column(leaf);
        if described.max_rep_level() > 0 {
            return Err(Trouble::Parquet(ParquetError::NYI(format!(
                "column {column:?} holds lists; write one value a row"
            ))));
        }
        self.columns.push(Column {
            leaf,
            required,
            meaning: meaning(column, &described).map_err(Trouble::Parquet)?,
            reader: None,
            levels: Vec::new(),
            values: Values::None,
            next: 0,
            text: String::new(),
        });
        Ok(Some(self.columns.len() - 1))
    }

    fn holds(&mut self, field: &str) -> Result<bool, Trouble> {
        let schema = self.reader.metadata().file_metadata().schema_descr_ptr();
        Ok(schema.columns().iter().any(|column| column.path().string() == field))
    }

    fn advance(&mut self) -> Result<bool, Trouble> {
        if self.at == self.batch && !self.refill()? {
            return Ok(false);
        }
        self.row += 1;
        let schema = self.reader.metadata().file_metadata().schema_descr_ptr();
        for column in &mut self.columns {
            let most = schema.column(column.leaf).max_def_level();
            let there = most == 0 || column.levels.get(self.at) == Some(&most);
            column.text.clear();
            if there {
                column.tell().map_err(|reason| Trouble::Row {
                    line: self.row,
                    field: column.required.unwrap_or("row"),
                    reason,
                })?;
                column.next += 1;
            } else if let Some(field) = column.required {
                return Err(Trouble::Row { line: self.row, field, reason: "is missing".into() });
            }
        }
        self.at += 1;
        Ok(true)
    }

    fn cell(&self, column: usize) -> &str {
        self.columns.get(column).map_or("", |column| column.text.as_str())
    }

    fn line(&self) -> u64 {
        self.row
    }

    fn progress(&self) -> u64 {
        let rows = u64::try_from(self.reader.metadata().file_metadata().num_rows()).unwrap_or(0);
        (self.row * 1_000).checked_div(rows).unwrap_or(1_000).min(1_000)
    }

    fn unit(&self) -> &'static str {
        "row"
    }

    fn header(&self) -> &'static str {
        "the schema"
    }
}

impl Column {
    fn refill(&mut self, rows: usize) -> Result<(), ParquetError> {
        self.levels.clear();
        self.next = 0;
        let levels = &mut self.levels;
        self.values = match self.reader.as_mut() {
            None => Values::None,
            Some(ColumnReader::BoolColumnReader(reader)) => Values::Bool(read(reader, rows, levels)?),
            Some(ColumnReader::Int32ColumnReader(reader)) => Values::Int32(read(reader, rows, levels)?),
            Some(ColumnReader::Int64ColumnReader(reader)) => Values::Int64(read(reader, rows, levels)?),
            Some(ColumnReader::Int96ColumnReader(reader)) => Values::Int96(read(reader, rows, levels)?),
            Some(ColumnReader::FloatColumnReader(reader)) => Values::Float(read(reader, rows, levels)?),
            Some(ColumnReader::DoubleColumnReader(reader)) => Values::Double(read(reader, rows, levels)?),
            Some(ColumnReader::ByteArrayColumnReader(reader)) => Values::Bytes(read(reader, rows, levels)?),
            Some(ColumnReader::FixedLenByteArrayColumnReader(_)) => {
                return Err(ParquetError::NYI("a column of bytes of fixed length is no text".into()));
            }
        };
        Ok(())
    }

    /// Writes the next value as text.
    fn tell(&mut self) -> Result<(), String> {
        let (at, text) = (self.next, &mut self.text);
        // Writing into a text has no way to fail.
        let _ = match &self.values {
            Values::None => Ok(()),
            Values::Bool(values) => write!(text, "{}", value(values, at)?),
            Values::Int32(values) => match self.meaning {
                Meaning::Unsigned => write!(text, "{}", value(values, at)?.cast_unsigned()),
                meaning => write!(text, "{}", meaning.of(i64::from(*value(values, at)?))?),
            },
            Values::Int64(values) => match self.meaning {
                Meaning::Unsigned => write!(text, "{}", value(values, at)?.cast_unsigned()),
                meaning => write!(text, "{}", meaning.of(*value(values, at)?)?),
            },
            Values::Int96(values) => write!(text, "{}", value(values, at)?.to_millis()),
            // Where a table had whole numbers and gaps, writers make of the gaps what is not a number.
            Values::Float(values) if value(values, at)?.is_nan() => Ok(()),
            Values::Double(values) if value(values, at)?.is_nan() => Ok(()),
            Values::Float(values) => write!(text, "{}", value(values, at)?),
            Values::Double(values) => write!(text, "{}", value(values, at)?),
            Values::Bytes(values) => {
                text.push_str(std::str::from_utf8(value(values, at)?.data()).map_err(|_| "is not UTF-8")?);
                Ok(())
            }
        };
        Ok(())
    }
}

fn value<T>(values: &[T], at: usize) -> Result<&T, String> {
    values.get(at).ok_or_else(|| "is missing, although the file says that it is there".to_owned())
}

/// Reads exactly `rows` rows of a column.
fn read<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    rows: usize,
    levels: &mut Vec<i16>,
) -> Result<Vec<T::T>, ParquetError> {
    let mut values = Vec::with_capacity(rows);
    let mut read = 0;
    while read < rows {
        let (more, _, _) = reader.read_records(rows - read, Some(levels), None, &mut values)?;
        if more == 0 {
            return Err(ParquetError::EOF(format!("a column ends {} rows early", rows - read)));
        }
        read += more;
    }
    Ok(values)
}

fn meaning(name: &str, column: &ColumnDescriptor) -> Result<Meaning, ParquetError> {
    match (column.logical_type_ref(), column.converted_type()) {
        (Some(LogicalType::Decimal(_)), _) | (None, ConvertedType::DECIMAL) => {
            Err(ParquetError::NYI(format!("column {name:?} holds decimals; write texts or integers")))
        }
        (Some(LogicalType::Timestamp(kind)), _) => Ok(match kind.unit {
            TimeUnit::MILLIS => Meaning::Milliseconds,
            TimeUnit::MICROS => Meaning::Microseconds,
            TimeUnit::NANOS => Meaning::Nanoseconds,
        }),
        (None, ConvertedType::TIMESTAMP_MILLIS) => Ok(Meaning::Milliseconds),
        (None, ConvertedType::TIMESTAMP_MICROS) => Ok(Meaning::Microseconds),
        (Some(LogicalType::Date), _) | (None, ConvertedType::DATE) => Ok(Meaning::Date),
        (Some(LogicalType::Integer(kind)), _) if !kind.is_signed => Ok(Meaning::Unsigned),
        (
            None,
            ConvertedType::UINT_8 | ConvertedType::UINT_16 | ConvertedType::UINT_32 | ConvertedType::UINT_64,
        ) => Ok(Meaning::Unsigned),
        _ => Ok(Meaning::Signed),
    }
}

impl Meaning {
    /// The number that a cell shows; of instants and dates, milliseconds since 1970 in UTC.
    fn of(self, value: i64) -> Result<i64, String> {
        match self {
            Self::Signed | Self::Unsigned | Self::Milliseconds => Ok(value),
            Self::Microseconds => Ok(value.div_euclid(1_000)),
            Self::Nanoseconds => Ok(value.div_euclid(1_000_000)),
            Self::Date => value.checked_mul(DAY).ok_or_else(|| format!("day {value} is out of range")),
        }
    }
}
