//! Archives of documents, for the commands.

use gongkai::Member;
use gongkai_bindings::batch;
use pyo3::prelude::*;

use crate::batch::exception;
use crate::guard;
use crate::limits::Limits;

/// The documents in an archive.
#[pyclass(frozen, module = "gongkai._gongkai")]
pub(crate) struct Archive {
    archive: gongkai::Archive,
    documents: Vec<Member>,
}

#[pymethods]
impl Archive {
    /// The names of the documents.
    #[getter]
    fn names(&self) -> Vec<&str> {
        self.documents.iter().map(Member::name).collect()
    }

    /// Bytes of the document of that index; `source` is what errors call it.
    fn read(&self, py: Python<'_>, index: usize, source: &str) -> PyResult<Vec<u8>> {
        let document = self.documents.get(index);
        let document =
            document.ok_or_else(|| guard::caller_error(py, "index", "no such document", "无此文件"))?;
        guard::try_run(py, Some(source), || self.archive.read(document))
    }
}

/// The archive that the bytes are; None if they are none. `source` is what errors call it.
#[pyfunction]
pub(crate) fn open_archive(
    py: Python<'_>,
    data: &[u8],
    limits: &Bound<'_, Limits>,
    source: &str,
) -> PyResult<Option<Archive>> {
    let options = gongkai::ParseOptions { limits: limits.get().0.clone(), ..Default::default() };
    let opened = guard::run(py, || batch::documents(data, &options))?;
    let opened = opened.map_err(|failure| exception(py, source, &failure))?;
    Ok(opened.map(|(archive, documents)| Archive { archive, documents }))
}
