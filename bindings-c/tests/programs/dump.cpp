// dump FILE...: what dump.c writes, asked of the C++ header.

#include <gongkai.hpp>

#include <cstdio>
#include <cstdlib>

namespace {

using gongkai::Language;
using Text = std::optional<std::string_view>;

void put(const char *text) { std::fputs(text, stdout); }

void put_text(std::string_view text) {
    if (text.data()[text.size()] != '\0') {
        std::exit(3);
    }
    std::putchar('"');
    for (const char character : text) {
        const auto byte = static_cast<unsigned char>(character);
        if (byte == '"' || byte == '\\') {
            std::printf("\\%c", byte);
        } else if (byte < 0x20 || byte == 0x7f) {
            std::printf("\\u%04x", byte);
        } else {
            std::putchar(byte);
        }
    }
    std::putchar('"');
}

void put_maybe(const Text &text) { text ? put_text(*text) : put("null"); }

void put_name(const char *name) { std::printf("\"%s\":", name); }

template <class Number> void put_number(const std::optional<Number> &number) {
    number ? put(std::to_string(*number).c_str()) : put("null");
}

template <class List, class Put> void put_list(const char *name, const List &list, Put put_item) {
    std::printf(",\"%s\":[", name);
    bool first = true;
    for (const auto &item : list) {
        put(first ? "" : ",");
        first = false;
        put_item(item);
    }
    put("]");
}

void put_view(std::string_view text) { put_text(text); }

void put_location(gongkai::Location place) {
    put("{\"part\":");
    put_maybe(place.part());
    const std::pair<const char *, std::optional<std::uint32_t>> numbers[] = {
        {"block", place.block()}, {"table", place.table()}, {"row", place.row()},     {"column", place.column()},
        {"page", place.page()},   {"line", place.line()},   {"start", place.start()}, {"end", place.end()}};
    for (const auto &[name, number] : numbers) {
        put(",");
        put_name(name);
        put_number(number);
    }
    put(",\"text\":");
    put_text(place.text());
    put("}");
}

void put_fact(gongkai::Fact fact) {
    const std::pair<const char *, Text> texts[] = {
        {"id", fact.id()},       {"table", fact.table()},         {"row", fact.row()},
        {"column", fact.column()}, {"edition", fact.edition()},   {"value", fact.value()},
        {"unit", fact.unit()},   {"form_unit", fact.form_unit()}, {"text", fact.text()}};
    put("{");
    for (const auto &[name, text] : texts) {
        put_name(name);
        put_maybe(text);
        put(",");
    }
    std::printf("\"status\":%d,\"int64\":", static_cast<int>(fact.status()));
    const auto integer = fact.try_as_int64();
    if (!integer) {
        put_text(status_name(integer.error().status()));
    } else if (*integer) {
        put_number(*integer);
    } else {
        put_text("absent");
    }
    put(",\"double\":");
    const auto real = fact.as_double();
    real ? void(std::printf("%.17g", *real)) : put_text("absent");
    put(",\"location\":");
    put_location(fact.location());
    put("}");
}

void put_suggestion(gongkai::Suggestion suggestion) {
    const std::pair<const char *, Text> texts[] = {{"fact", suggestion.fact()},
                                                   {"value", suggestion.value()},
                                                   {"least", suggestion.least()},
                                                   {"greatest", suggestion.greatest()},
                                                   {"code", suggestion.code()},
                                                   {"zh", suggestion.reason(Language::Chinese)},
                                                   {"en", suggestion.reason(Language::English)}};
    bool first = true;
    for (const auto &[name, text] : texts) {
        put(first ? "{" : ",");
        first = false;
        put_name(name);
        put_maybe(text);
    }
    put("}");
}

void put_finding(gongkai::Finding finding) {
    const std::pair<const char *, Text> texts[] = {{"code", finding.code()},
                                                   {"fingerprint", finding.fingerprint()},
                                                   {"expected", finding.expected()},
                                                   {"actual", finding.actual()},
                                                   {"quote", finding.quote()},
                                                   {"group", finding.group()},
                                                   {"waived_by", finding.waived_by()},
                                                   {"waived_when", finding.waived_when()},
                                                   {"waived_why", finding.waived_why()},
                                                   {"regraded_from", finding.regraded_from()},
                                                   {"regraded_why", finding.regraded_why()},
                                                   {"baseline", finding.baseline()},
                                                   {"zh", finding.message(Language::Chinese)},
                                                   {"en", finding.message(Language::English)}};
    put("{");
    for (const auto &[name, text] : texts) {
        put_name(name);
        put_maybe(text);
        put(",");
    }
    std::printf("\"severity\":%d,\"verdict\":%d,\"as_zero\":", static_cast<int>(finding.severity()),
                static_cast<int>(finding.verdict()));
    put_number(finding.as_zero());
    put(",\"report\":");
    put_number(finding.report());
    put_list("facts", finding.facts(), put_view);
    put_list("locations", finding.locations(), put_location);
    put_list("suggestions", finding.suggestions(), put_suggestion);
    put("}");
}

void put_paragraph(gongkai::Paragraph paragraph) {
    put("{\"text\":");
    put_text(paragraph.text());
    put(",\"location\":");
    put_location(paragraph.location());
    put("}");
}

void put_section(gongkai::Section section) {
    put("{\"heading\":");
    put_text(section.heading());
    put(",\"location\":");
    put_location(section.location());
    put_list("roles", section.roles(), put_view);
    put_list("paragraphs", section.paragraphs(), put_paragraph);
    put("}");
}

void put_edition(gongkai::BlockEdition edition) {
    put("{\"table\":");
    put_text(edition.table());
    put(",\"block\":");
    put_text(edition.block());
    put(",\"edition\":");
    put_maybe(edition.name());
    put(",\"evidence\":");
    const auto evidence = edition.evidence();
    put_text(evidence.text);
    put(",\"location\":");
    put_location(evidence.location);
    put("}");
}

void put_report(const gongkai::Report &report) {
    using gongkai::Field;
    constexpr std::pair<const char *, Field> fields[] = {
        {"title", Field::Title},
        {"agency", Field::Agency},
        {"agency_level", Field::AgencyLevel},
        {"year", Field::Year},
        {"edition", Field::Edition},
        {"period_start", Field::PeriodStart},
        {"period_end", Field::PeriodEnd},
        {"published", Field::Published},
        {"signed", Field::Signed},
        {"format", Field::Format},
        {"encoding", Field::Encoding},
        {"document_number", Field::DocumentNumber}};
    put("{");
    for (const auto &[name, field] : fields) {
        put_name(name);
        put_maybe(report.text(field));
        std::printf(",\"%s evidence\":", name);
        const auto evidence = report.evidence(field);
        put_maybe(evidence ? Text(evidence->text) : std::nullopt);
        if (evidence) {
            std::printf(",\"%s location\":", name);
            put_location(evidence->location);
        }
        put(",");
    }
    put("\"year number\":");
    report.year() ? put_number(report.year()) : put_text("absent");
    put_list("preamble", report.preamble(), put_paragraph);
    put_list("sections", report.sections(), put_section);
    put_list("closing", report.closing(), put_paragraph);
    put_list("editions", report.editions(), put_edition);
    put_list("facts", report.facts(), put_fact);
    put_list("subtotals", report.subtotals(), put_fact);
    put_list("findings", report.findings(), put_finding);
    put_list("checked", gongkai::check(report), put_finding);
    put(",\"json\":");
    put_text(report.to_json());
    put("}");
}

void put_error(const gongkai::Error &error) {
    std::printf("{\"error\":{\"status\":%d,\"code\":", static_cast<int>(error.status()));
    put_text(error.code());
    put(",\"zh\":");
    put_text(error.message(Language::Chinese));
    put(",\"en\":");
    put_text(error.message(Language::English));
    put(",\"location\":");
    const auto place = error.location();
    place ? put_location(*place) : put("null");
    put("}}");
}

} // namespace

int main(int count, char **paths) {
    for (int i = 1; i < count; i++) {
        const auto report = gongkai::try_parse_file(paths[i]);
        report ? put_report(*report) : put_error(report.error());
        put("\n");
    }
}
