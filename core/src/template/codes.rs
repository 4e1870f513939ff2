//! Short ASCII names of cells, for programs that allow 32 characters. They are published:
//! added, never changed.

/// Parts of ids, and what stands for them; other parts stand as they are.
const SHORT: &[(&str, &str)] = &[
    ("proactive", "pro"),
    ("requests", "req"),
    ("review", "rev"),
    ("government_rules", "rules"),
    ("normative_documents", "norms"),
    ("disclosed_total", "public"),
    ("other_services", "services"),
    ("brought_forward", "brought"),
    ("carried_forward", "carried"),
    ("partially_granted", "partial"),
    ("denied", "den"),
    ("unavailable", "una"),
    ("not_processed", "nop"),
    ("state_secret", "secret"),
    ("prohibited_by_law", "law"),
    ("security_or_stability", "stability"),
    ("third_party_rights", "third"),
    ("internal_affairs", "internal"),
    ("process_information", "process"),
    ("enforcement_files", "enforce"),
    ("inquiry_matters", "inquiry"),
    ("needs_creation", "creation"),
    ("still_unclear", "unclear"),
    ("correction_overdue", "overdue"),
    ("fee_unpaid", "unpaid"),
    ("reconsideration", "recon"),
    ("litigation", "suit"),
    ("after_reconsideration", "after"),
    ("natural_person", "person"),
    ("enterprise", "firm"),
    ("public_welfare", "welfare"),
    ("legal_services", "legal"),
];

/// The name of a cell: `requests.denied.state_secret.natural_person` is
/// `req_den_secret_person`. Money bears its unit.
pub(crate) fn code(table: &str, row: &str, column: &str, is_money: bool) -> String {
    let parts = [table].into_iter().chain(row.split('.')).chain([column]).filter(|part| !part.is_empty());
    let short = |part| SHORT.iter().find(|(long, _)| *long == part).map_or(part, |(_, short)| *short);
    let mut name = parts.map(short).collect::<Vec<_>>().join("_");
    if is_money {
        name.push_str("_yuan");
    }
    name
}
