// The reports of one agency, year by year: how many requests came and went, and what does not
// hold between the years.
//
//     series REPORT...
//
// Exit code: 0 nothing stands, 1 an error stands, 2 a file could not be read, 3 the reports
// are not of one agency, or a year is there twice, or nothing could be written.
#include <algorithm>
#include <gongkai.hpp>
#include <iomanip>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr auto Chinese = gongkai::Language::Chinese;

struct Row {
    const char *id, *label;
};

constexpr Row rows[] = {
    {"requests.brought_forward.total", "上年结转"},
    {"requests.received.total", "本年新收"},
    {"requests.total.total", "办理总计"},
    {"requests.carried_forward.total", "结转下年"},
    {"review.reconsideration.total", "行政复议"},
};

// What is no number keeps its kind: a blank is not zero.
std::string shown(const gongkai::Report &report, std::string_view id) {
    const auto fact = report.fact(id);
    if (!fact) {
        return "x";
    }
    switch (fact->status()) {
    case gongkai::FactStatus::Reported:
        return std::string(fact->value().value_or(""));
    case gongkai::FactStatus::Blank:
        return "_";
    case gongkai::FactStatus::NotApplicable:
        return "/";
    case gongkai::FactStatus::Unreadable:
        break;
    }
    return "?";
}

// Years are the columns; labels come last, where their width does not matter.
void print_table(const std::vector<gongkai::Report> &reports) {
    for (const auto &report : reports) {
        std::cout << std::setw(8) << *report.year();
    }
    std::cout << "  年度\n";
    for (const Row &row : rows) {
        for (const auto &report : reports) {
            std::cout << std::setw(8) << shown(report, row.id);
        }
        std::cout << "  " << row.label << '\n';
    }
    std::cout << "（_ 空白，/ 不适用，? 无法识别，x 缺少此格）\n";
}

// Whether an error stands: it failed, and nobody accepted it.
bool print_findings(const std::vector<gongkai::Report> &reports) {
    bool stands = false;
    // It is checked with the reports in this order, and counts them so.
    for (const auto finding : gongkai::check_series(reports)) {
        if (finding.verdict() != gongkai::Verdict::Failed || finding.waived_by()) {
            continue;
        }
        std::cout << finding.code() << "：" << *reports[finding.report().value_or(0)].year() << "年：";
        std::cout << finding.message(Chinese) << '\n';
        stands = stands || finding.severity() == gongkai::Severity::Error;
    }
    return stands;
}

} // namespace

int main(int argc, char **argv) {
    if (argc < 2) {
        std::cerr << "用法：series 年报...\n";
        return 3;
    }
    std::vector<gongkai::Report> reports;
    for (int i = 1; i < argc; i++) {
        // Files fail one by one, so the form that does not throw; below, a failure would be
        // one of the library.
        auto report = gongkai::try_parse_file(argv[i]);
        if (!report) {
            std::cerr << argv[i] << "：" << report.error().message(Chinese) << '\n';
            return 2;
        }
        if (!report->year() || !report->agency()) {
            std::cerr << argv[i] << "：未载明年度或机关\n";
            return 3;
        }
        reports.push_back(*std::move(report));
    }
    std::sort(reports.begin(), reports.end(), [](const auto &a, const auto &b) { return *a.year() < *b.year(); });
    for (std::size_t i = 1; i < reports.size(); i++) {
        if (reports[i].agency() != reports[0].agency() || reports[i].year() == reports[i - 1].year()) {
            std::cerr << "不是同一机关各年度的年报，每年一份\n";
            return 3;
        }
    }
    try {
        std::cout << *reports[0].agency() << '\n';
        print_table(reports);
        const bool stands = print_findings(reports);
        std::cout.flush();
        return std::cout ? (stands ? 1 : 0) : 3;
    } catch (const gongkai::Exception &error) {
        std::cerr << error.message(Chinese) << '\n';
        return 3;
    }
}
