// behaviour REPORT DAMAGED: what callers may rely on. The report has cells of three kinds, a
// fraction among them, and findings; the error of the damaged document has a place.

#include "behaviour.hpp"

#include <algorithm>
#include <fstream>
#include <numeric>
#include <sstream>
#include <thread>
#if __cplusplus >= 202002L
#include <ranges>
#include <span>
#endif

#if WITH_PANIC
extern "C" std::int32_t gongkai_test_panic(gongkai_error **error);
#endif

using namespace gongkai;

namespace {

template <class T> constexpr bool owns = std::is_nothrow_move_constructible_v<T> && std::is_nothrow_move_assignable_v<T> &&
                                         !std::is_copy_constructible_v<T> && !std::is_copy_assignable_v<T>;
template <class T> constexpr bool borrows = std::is_trivially_copyable_v<T>;

static_assert(owns<Report> && owns<Findings> && owns<Options> && owns<CheckOptions> && owns<Sources> && owns<Bytes> &&
              owns<ArrowStream>);
static_assert(borrows<Fact> && borrows<Section> && borrows<Paragraph> && borrows<BlockEdition> && borrows<Finding> &&
              borrows<Suggestion> && borrows<Location> && borrows<Evidence> && borrows<FindingsView>);
static_assert(std::is_nothrow_copy_constructible_v<Exception> && std::is_base_of_v<std::runtime_error, Exception>);
static_assert(static_cast<int>(Status::Inexact) == GONGKAI_E_INEXACT);
#if __cplusplus >= 202002L
static_assert(std::ranges::random_access_range<const Report::ListOf<Fact>>);
static_assert(std::ranges::sized_range<Findings> && std::ranges::random_access_range<Batch>);
#endif

std::string contents(const char *path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// Both forms of a call fail alike.
template <class T, class Throw> void fails(const Result<T> &result, Throw call, Status status, std::string_view code) {
    EXPECT(!result && !result.has_value());
    if (result.error().status() != status || result.error().code() != code) {
        std::fprintf(stderr, "%s %s\n", result.error().code().data(), result.error().text(Language::English).c_str());
    }
    EXPECT(result.error().status() == status && result.error().code() == code);
    try {
        call();
        EXPECT(false); // it threw nothing
    } catch (const Exception &exception) {
        EXPECT(exception.status() == status && exception.code() == code);
        EXPECT(exception.what() == result.error().text(Language::English));
        EXPECT(exception.message(Language::Chinese) == result.error().message(Language::Chinese));
        EXPECT(exception.message(Language::Chinese) != exception.message(Language::English));
        EXPECT(exception.location().has_value() == result.error().location().has_value());
        const Exception copy = exception;
        EXPECT(copy.error().message(Language::English) == exception.message(Language::English));
    }
}

void errors(const std::string &text, const char *path, const char *damaged) {
    const std::string_view no_report = "nothing of the kind";
    fails(try_parse(no_report), [&] { parse(no_report); }, Status::Input, "not-a-report");
    fails(try_parse(std::string_view()), [&] { parse(std::string_view()); }, Status::Input, try_parse(std::string_view()).error().code());
    fails(try_parse_file("/no/such/file"), [&] { parse_file("/no/such/file"); }, Status::Io, "missing");
    fails(try_parse_file("/"), [&] { parse_file("/"); }, Status::Io, "folder");
    fails(try_parse_file({"a\0b", 3}), [&] { parse_file({"a\0b", 3}); }, Status::Caller, "null");
    fails(try_from_json("{}"), [&] { from_json("{}"); }, Status::Caller, "json");

    Options small;
    small.set_limit("input_bytes", 10);
    fails(try_parse(text, small), [&] { parse(text, small); }, Status::Limit, "limit");
    fails(try_parse(text, Options().set_encoding("no such")), [&] { parse(text, Options().set_encoding("no such")); },
          Status::Caller, try_parse(text, Options().set_encoding("no such")).error().code());
    const std::string_view picture = "GIF89a";
    fails(try_parse(picture), [&] { parse(picture); }, Status::Unsupported, "unsupported-format");

    Options options;
    fails(options.try_set_format("odd"), [&] { options.set_format("odd"); }, Status::Caller, "format");
    fails(options.try_set_format(std::string_view("text\0", 5)),
          [&] { options.set_format(std::string_view("text\0", 5)); }, Status::Caller, "caller");
    fails(options.try_set_limit("odd", 1), [&] { options.set_limit("odd", 1); }, Status::Caller, "limit");
    fails(options.try_set_file_name("\xff"), [&] { options.set_file_name("\xff"); }, Status::Caller, "utf-8");
    EXPECT(count_facts(parse(text, options)) == count_facts(parse_file(path)));
    // Errors leave the object as it was; it may be set, and set back.
    options.set_format("docx").set_format(std::nullopt).set_format("text").set_encoding("utf-8").set_file_name("a.txt");
    EXPECT(parse(text, options).text(Field::Format) == "text");

    CheckOptions checks;
    fails(checks.try_set_number("odd", 1), [&] { checks.set_number("odd", 1); }, Status::Caller,
          checks.try_set_number("odd", 1).error().code());
    fails(checks.try_set_severity("ODD", Severity::Info, "why"), [&] { checks.set_severity("ODD", Severity::Info, "why"); },
          Status::Caller, checks.try_set_severity("ODD", Severity::Info, "why").error().code());
    fails(checks.try_set_waivers("{"), [&] { checks.set_waivers("{"); }, Status::Caller,
          checks.try_set_waivers("{").error().code());
    fails(checks.try_add_trusted({"\0", 1}), [&] { checks.add_trusted({"\0", 1}); }, Status::Caller, "null");
    fails(checks.try_add_member({"\0", 1}), [&] { checks.add_member({"\0", 1}); }, Status::Caller, "null");
    Sources sources;
    fails(sources.try_add("\xff", text), [&] { sources.add("\xff", text); }, Status::Caller, "utf-8");
    fails(sources.try_add_file({"\0", 1}), [&] { sources.add_file({"\0", 1}); }, Status::Caller, "null");

    const Report report = parse(text);
    fails(report.try_write("odd", ""), [&] { report.write("odd", ""); }, Status::Caller, "form");
    fails(report.try_to_arrow("odd", ""), [&] { report.to_arrow("odd", ""); }, Status::Caller,
          report.try_to_arrow("odd", "").error().code());
    const Findings findings = check(report);
    fails(findings.try_write("odd", report, "", Language::English),
          [&] { findings.write("odd", report, "", Language::English); }, Status::Caller, "form");

    // The place of an error lives as long as the error, not as its cause.
    const Error error = try_parse_file(damaged).error();
    EXPECT(error.location().has_value());
    EXPECT(error.text(Language::English).find(error.location()->text(Language::English)) != std::string::npos);

#if WITH_PANIC
    const auto panic = detail::attempt(gongkai_test_panic);
    fails(panic, [&] { panic.value(); }, Status::Internal, "panic");
#endif
    EXPECT(status_name(Status::Cancelled) == "cancelled");
    EXPECT(Error(Status::Internal).message(Language::English) == "internal");
}

void results(const std::string &text) {
    auto report = try_parse(text);
    EXPECT(report && report->facts().size() == (*report).facts().size());
    const auto &borrowed = report;
    EXPECT(&borrowed.value() == &report.value() && &*borrowed == &*report);
    const auto year = try_parse(text).transform([](const Report &parsed) { return parsed.year().value_or(0); });
    EXPECT(year && *year == report->year());
    EXPECT(try_parse(text).and_then([](Report parsed) { return try_check(parsed); }).has_value());
    const auto none = try_parse(std::string()).transform([](const Report &) { return 1; });
    EXPECT(!none && none.error().status() == Status::Input);
    EXPECT(!try_parse(std::string()).and_then([](const Report &parsed) { return parsed.try_to_json(); }));
    EXPECT(none.value_or(7) == 7 && year.value_or(7) == *year);
    EXPECT(!try_parse(std::string()).value_or(Report(nullptr)).year());
    const Report taken = *std::move(report);
    EXPECT(taken.facts().size() > 0);
    // What a loop goes through is kept, whether it stands in a Result or not.
    std::size_t seen = 0;
    for (const auto finding : *try_check_all(taken)) {
        seen += finding.code().empty() ? 0U : 1U;
    }
    for (const auto finding : try_check_all(taken).value()) {
        seen -= finding.code().empty() ? 0U : 1U;
    }
    EXPECT(seen == 0 && !check_all(taken).empty());
}

void facts(const Report &report) {
    const auto facts = report.facts();
    EXPECT(!facts.empty() && count_facts(report) == facts.size());
    bool fraction = false;
    std::size_t blank = 0, none = 0, index = 0;
    for (const auto fact : facts) {
        EXPECT(fact.id() == facts[index].id() && report[fact.id()]->text() == fact.text());
        EXPECT(report[std::string(fact.id()) + std::string(1, '\0')] == std::nullopt);
        const bool reported = fact.status() == FactStatus::Reported;
        EXPECT(fact.value().has_value() == reported && fact.as_double().has_value() == reported);
        const auto integer = fact.try_as_int64();
        if (!reported) {
            EXPECT(integer && !*integer && !fact.as_int64());
        } else if (fact.value()->find('.') == std::string_view::npos) {
            EXPECT(fact.as_int64() == std::stoll(std::string(*fact.value())));
        } else {
            fraction = true;
            fails(integer, [&] { fact.as_int64(); }, Status::Inexact, "inexact");
        }
        blank += fact.status() == FactStatus::Blank;
        none += fact.status() == FactStatus::NotApplicable;
        index++;
    }
    EXPECT(fraction && blank > 0 && none > 0 && index == facts.size());
    EXPECT(!report["no.such.cell"] && !report.fact(""));

    // The iterators are those of an array.
    auto at = facts.begin();
    EXPECT(at->id() == facts[0].id() && at[1].id() == facts[1].id() && (at + 1)->id() == (1 + at)->id());
    EXPECT(at++ == facts.begin() && at-- != facts.begin() && at == facts.begin());
    EXPECT(++at > facts.begin() && --at <= facts.begin() && at < facts.end() && at >= facts.begin());
    EXPECT(static_cast<std::size_t>(facts.end() - at) == facts.size() && (facts.end() - 1)->id() == facts[index - 1].id());
    at += 2;
    at -= 1;
    EXPECT(at - facts.begin() == 1);
    EXPECT(static_cast<std::size_t>(std::count_if(facts.begin(), facts.end(),
                                                  [](Fact fact) { return fact.status() == FactStatus::Blank; })) == blank);
    // An iterator does not need its list.
    const auto first = report.facts().begin();
    EXPECT((*first).id() == facts[0].id());
    const decltype(at) nowhere{};
    EXPECT(nowhere - decltype(at){} == 0);
// Clang before 16 does not compile the views of libstdc++.
#if __cplusplus >= 202002L && (!defined(__clang__) || __clang_major__ >= 16)
    std::size_t through = 0;
    for (const Fact fact : report.facts() | std::views::filter([](Fact one) { return one.value().has_value(); })) {
        through += fact.value()->empty() ? 0U : 1U;
    }
    EXPECT(through > 0 && through < facts.size());
    EXPECT(std::ranges::distance(report.facts()) == static_cast<std::ptrdiff_t>(facts.size()));
#endif
}

void moved(const std::string &text) {
    Report report = parse(text);
    const Fact fact = report.facts()[0];
    const std::string id(fact.id());
    Report owner = std::move(report);
    // What was borrowed belongs to the new owner.
    EXPECT(fact.id() == id && owner.facts()[0].id().data() == fact.id().data());
    const Report &empty = report;
    EXPECT(empty.handle() == nullptr && !empty.year() && !empty.title() && !empty.evidence(Field::Title));
    EXPECT(empty.facts().empty() && empty.sections().empty() && empty.findings().empty() && !empty["requests.received.total"]);
    EXPECT(empty.facts().begin() == empty.facts().end());
    fails(empty.try_to_json(), [&] { empty.to_json(); }, Status::Caller, "null");
    fails(try_check(empty), [&] { check(empty); }, Status::Caller, "null");
    fails(try_check_all(empty), [&] { check_all(empty); }, Status::Caller, "null");
    fails(try_check_series({owner, empty}), [&] { check_series({owner, empty}); }, Status::Caller, "null");
    fails(try_check_rollup(owner, {empty}), [&] { check_rollup(owner, {empty}); }, Status::Caller, "null");
    report = std::move(owner);
    EXPECT(report.facts()[0].id() == id);

    Findings findings = check_all(report);
    const std::size_t size = findings.size();
    Findings kept = std::move(findings);
    EXPECT(kept.size() == size && findings.empty());
    fails(findings.try_write("json", report, "", Language::English),
          [&] { findings.write("json", report, "", Language::English); }, Status::Caller, "null");

    Options options;
    options.set_limit("input_bytes", 10);
    Options taken = std::move(options);
    EXPECT(!try_parse(text, taken) && try_parse(text, options));
    options.set_limit("input_bytes", 10);
    EXPECT(!try_parse(text, options));
    CheckOptions checks;
    checks.set_number("findings", 1);
    CheckOptions other = std::move(checks);
    EXPECT(check(report, checks).size() == check(report).size());

    Sources sources;
    sources.add("a", text);
    Sources same = std::move(sources);
    EXPECT(parse_many(same).size() == 1);
    fails(sources.try_add("a", text), [&] { sources.add("a", text); }, Status::Caller, "null");
    fails(try_parse_many(sources), [&] { parse_many(sources); }, Status::Caller, "null");
    Batch batch = parse_many(same);
    const Batch shared = batch;
    const Batch last = std::move(batch);
    EXPECT(batch.empty() && batch.begin() == batch.end() && last.size() == 1 && shared[0].source() == "a");
    fails(batch.try_to_arrow("facts"), [&] { batch.to_arrow("facts"); }, Status::Caller, "null");

    Bytes bytes = report.to_json();
    const Bytes written = std::move(bytes);
    EXPECT(bytes.view().empty() && bytes.size() == 0 && written.size() == written.str().size() && written.data()[0] == '{');
}

void checks(const std::string &text) {
    const Report report = parse(text);
    const Findings all = check_all(report);
    EXPECT(all.size() > check(report).size());
    const FindingsView view = all;
    EXPECT(view.size() == all.size() && view[0].fingerprint() == all[0].fingerprint());

    const Findings found = check(report);
    EXPECT(!found.empty());
    const std::string code(found[0].code()), fingerprint(found[0].fingerprint());
    CheckOptions options;
    options.set_severity(code, Severity::Info, "known here").set_number("jump", 20);
    options.add_trusted("requests.received.total").add_member("青禾镇人民政府");
    options.set_waivers(R"({"schema_version": 1, "waivers": [{"fingerprint": ")" + fingerprint + R"(", "code": ")" + code +
                        R"(", "by": "one", "when": "2024-01-31", "why": "seen"}]})");
    const Findings again = check(report, options);
    const auto same = std::find_if(again.begin(), again.end(),
                                   [&](Finding finding) { return finding.fingerprint() == fingerprint; });
    EXPECT(same != again.end() && same->severity() == Severity::Info && same->regraded_why() == "known here");
    EXPECT(same->waived_by() == "one" && same->waived_why() == "seen" && !found[0].waived_by());

    std::vector<Report> years;
    years.push_back(parse(text));
    years.push_back(parse(text));
    const std::vector<std::reference_wrapper<const Report>> references(years.begin(), years.end());
    const std::size_t size = check_series(years).size();
    EXPECT(size > 0 && check_series(references).size() == size && check_series({years[0], years[1]}).size() == size);
    EXPECT(check_series(years)[0].report().has_value() && check_series(std::vector<Report>()).empty());
    EXPECT(!check_rollup(report, years, options).empty());
    EXPECT(check_rollup(report, {years[0], years[1]}).size() == check_rollup(report, references).size());
#if __cplusplus >= 202002L
    EXPECT(check_series(std::span(years)).size() == size);
#endif

    const std::string json = report.to_json().str();
    EXPECT(from_json(json).to_json().view() == json && count_facts(from_json(report.to_json())) == report.facts().size());
    for (const auto form : {"csv", "jsonl", "text", "html"}) {
        EXPECT(!report.write(form, "来源").view().empty());
    }
    EXPECT(report.write("csv", "来源").view().find("来源") != std::string_view::npos);
    EXPECT(report.write("html", "", all).view() != report.write("html", "").view());
    for (const auto form : {"json", "sarif", "text"}) {
        EXPECT(!all.write(form, report, "来源", Language::Chinese).view().empty());
        EXPECT(!report.findings().write(form, report, "来源", Language::English).view().empty());
    }
    EXPECT(all.write("text", report, "", Language::Chinese).view() != all.write("text", report, "", Language::English).view());
}

void batches(const std::string &text, const char *path) {
    Sources sources;
    sources.add("甲", text).add("乙", std::string("no report")).add_file(path).add_file("/no/such/file");
    BatchOptions how;
    CheckOptions defaults;
    how.checks = &defaults;
    how.threads = 2;
    std::size_t calls = 0, done = 0;
    how.progress = [&](const Progress &progress) {
        calls++;
        done = progress.done;
        EXPECT(progress.total == 4 && progress.failed <= 2);
        return true;
    };
    std::optional<Batch> batch = parse_many(sources, how);
    EXPECT(calls > 0 && done == 4 && batch->size() == 4);
    std::vector<std::string> names;
    std::vector<Error> errors;
    for (const auto &item : *batch) {
        names.emplace_back(item.source());
        const auto report = item.try_report();
        EXPECT(report.has_value() != item.error().has_value());
        EXPECT(item.try_findings().has_value() == report.has_value());
        if (report) {
            EXPECT(report->to_json().view() == item.report().to_json().view());
            EXPECT(item.findings().size() == check_all(*report).size());
        } else {
            errors.push_back(report.error());
            fails(report, [&] { item.report(); }, item.error()->status(), item.error()->code());
            fails(item.try_findings(), [&] { item.findings(); }, item.error()->status(), item.error()->code());
        }
    }
    EXPECT((names == std::vector<std::string>{"甲", "乙", path, "/no/such/file"}));
    EXPECT(batch->begin()->source() == "甲" && (batch->end() - 1)->source() == "/no/such/file");
    EXPECT((*batch)[4].source().empty() && !(*batch)[4].error() && (*batch)[4].try_report().error().status() == Status::Absent);
    const BatchItem kept = (*batch)[0];
    ArrowStream stream = batch->to_arrow("reports");
    fails(batch->try_to_arrow("odd"), [&] { batch->to_arrow("odd"); }, Status::Caller,
          batch->try_to_arrow("odd").error().code());
    batch.reset();
    // Errors, items and streams keep what they need.
    EXPECT(errors.size() == 2 && errors[0].status() == Status::Input && errors[1].code() == "missing");
    EXPECT(kept.source() == "甲" && count_facts(kept.report()) > 0);
    ArrowArray array{};
    EXPECT(stream.get()->get_next(stream.get(), &array) == 0 && array.length == 4);
    array.release(&array);

    // Unchecked, and with options of the reading.
    Options small;
    small.set_limit("input_bytes", 10);
    BatchOptions limited;
    limited.options = &small;
    EXPECT(parse_many(sources, limited)[0].error()->status() == Status::Limit);
    const Report plain = parse(text);
    EXPECT(parse_many(sources)[0].findings().size() == plain.findings().size());

    for (int i = 0; i < 200; i++) {
        sources.add("more", std::string("no report"));
    }
    how.progress = [](const Progress &) { return false; };
    fails(try_parse_many(sources, how), [&] { parse_many(sources, how); }, Status::Cancelled, "cancelled");
    how.progress = [](const Progress &) -> bool { throw std::domain_error("mine"); };
    for (const bool throwing : {true, false}) {
        try {
            throwing ? void(parse_many(sources, how)) : void(try_parse_many(sources, how));
            EXPECT(false); // it threw nothing
        } catch (const std::domain_error &error) {
            EXPECT(error.what() == std::string_view("mine"));
        }
    }
}

void arrow(const Report &report) {
    ArrowStream stream = report.to_arrow("facts", "来源");
    ArrowStream taken = std::move(stream);
    EXPECT(!stream && taken);
    stream = std::move(taken);
    stream = report.to_arrow("facts", "来源", check(report));
    ArrowSchema schema{};
    EXPECT(stream.get()->get_schema(stream.get(), &schema) == 0 && std::string_view(schema.format) == "+s");
    schema.release(&schema);
    std::int64_t rows = 0;
    for (;;) {
        ArrowArray array{};
        EXPECT(stream.get()->get_next(stream.get(), &array) == 0);
        if (array.release == nullptr) {
            break;
        }
        rows += array.length;
        array.release(&array);
    }
    EXPECT(static_cast<std::size_t>(rows) == report.facts().size());
    ArrowArrayStream mine;
    stream.move_to(&mine);
    EXPECT(!stream);
    mine.release(&mine);
    stream.release();
}

void texts() {
    const std::string text = "㙟𠮷䶮鿴 年报";
    EXPECT(gb18030_decode(gb18030_encode(text)) == text && gb18030_encode("年") == "\xc4\xea" && gb18030_encode("").empty());
    fails(try_gb18030_encode("\xff"), [] { gb18030_encode("\xff"); }, Status::Caller, "utf-8");
    fails(try_gb18030_encode("\xee\x97\xa5"), [] { gb18030_encode("\xee\x97\xa5"); }, Status::Inexact, "gb18030");
    fails(try_gb18030_decode("\xff"), [] { gb18030_decode("\xff"); }, Status::Inexact, "gb18030");
    EXPECT(version() == GONGKAI_VERSION && version_number() == GONGKAI_VERSION_NUMBER);
    EXPECT(abi_version() == GONGKAI_ABI_VERSION && abi_min_compatible() == GONGKAI_ABI_MIN_COMPATIBLE);
    EXPECT(schema_version() == GONGKAI_SCHEMA_VERSION && tables_version() == GONGKAI_TABLES_VERSION);
}

void inputs(const std::string &text) {
    const std::size_t count = count_facts(parse(text));
    const std::vector<char> chars(text.begin(), text.end());
    const std::vector<unsigned char> bytes(text.begin(), text.end());
    EXPECT(count_facts(parse(chars)) == count && count_facts(parse(bytes)) == count);
    EXPECT(count_facts(parse(std::string_view(text))) == count && count_facts(parse({text.data(), text.size()})) == count);
#if __cplusplus >= 202002L
    EXPECT(count_facts(parse(std::as_bytes(std::span(text)))) == count);
#endif
}

void threads(const Report &report) {
    std::vector<std::thread> all;
    std::vector<std::string> json(8);
    for (auto &one : json) {
        all.emplace_back([&one, &report] {
            EXPECT(count_facts(report) > 0 && !check(report).write("json", report, "", Language::English).view().empty());
            one = report.to_json().str();
        });
    }
    for (auto &thread : all) {
        thread.join();
    }
    EXPECT(std::all_of(json.begin(), json.end(), [&](const auto &one) { return one == json[0]; }));
}

void everything(const char *path, const char *damaged) {
    const std::string text = contents(path);
    const Report report = parse_file(path);
    errors(text, path, damaged);
    results(text);
    facts(report);
    moved(text);
    checks(text);
    batches(text, path);
    arrow(report);
    texts();
    inputs(text);
    threads(report);
}

} // namespace

int main(int, char **arguments) {
    // What Rust keeps for the main thread is freed with the process alone, and valgrind
    // takes it for lost.
    std::thread(everything, arguments[1], arguments[2]).join();
    std::puts("held");
}
