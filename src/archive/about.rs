//! What a file says of reports and photos as records, in the order in which it is shown.

use super::format::{PhotoFile, ReportFile};
use super::model::{PhotoField, ReportField};

/// The members that are there, lists joined.
fn present<F: Copy + PartialEq>(
    fields: &[(F, &Option<String>)],
    lists: &[(F, &Vec<String>)],
    order: &[F],
) -> Vec<(F, String)> {
    let single = fields.iter().filter_map(|(field, value)| Some((*field, (*value).clone()?)));
    let joined = lists.iter().filter_map(|(field, list)| {
        let items: Vec<&str> = list.iter().map(String::as_str).filter(|item| !item.is_empty()).collect();
        (!items.is_empty()).then(|| (*field, items.join("、")))
    });
    let mut all: Vec<(F, String)> = single.chain(joined).collect();
    all.sort_by_key(|(field, _)| order.iter().position(|f| f == field));
    all
}

pub(super) fn about_report(file: &ReportFile) -> Vec<(ReportField, String)> {
    use ReportField as F;
    present(
        &[
            (F::DateIssued, &file.date_issued),
            (F::DateNote, &file.date_note),
            (F::Newspaper, &file.newspaper),
            (F::Issue, &file.issue),
            (F::Page, &file.page),
            (F::ReferenceCode, &file.reference_code),
            (F::Summary, &file.summary),
            (F::AccessStatus, &file.access_status),
            (F::SecurityLevel, &file.security_level),
            (F::RetentionPeriod, &file.retention_period),
            (F::Language, &file.language),
            (F::Rights, &file.rights),
            (F::Holder, &file.holder),
            (F::SourceNote, &file.source_note),
        ],
        &[
            (F::Creator, &file.creator),
            (F::People, &file.people),
            (F::Places, &file.places),
            (F::Keywords, &file.keywords),
        ],
        ReportField::ALL,
    )
}

pub(super) fn about_photo(file: &PhotoFile) -> Vec<(PhotoField, String)> {
    use PhotoField as F;
    present(
        &[
            (F::Event, &file.event),
            (F::DateTaken, &file.date_taken),
            (F::Place, &file.place),
            (F::Background, &file.background),
            (F::Photographer, &file.photographer),
            (F::ReferenceCode, &file.reference_code),
            (F::Subject, &file.subject),
            (F::Group, &file.group_id),
            (F::Rights, &file.rights),
            (F::Consent, &file.consent),
            (F::Notes, &file.notes),
        ],
        &[(F::People, &file.people), (F::SeeAlso, &file.see_also)],
        PhotoField::ALL,
    )
}
