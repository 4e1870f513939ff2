//! Bytes to text: UTF-8, UTF-16 and GB18030 with its subsets.
