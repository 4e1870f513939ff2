// no_exceptions REPORT: the header without exceptions and without types at run time.

#include <gongkai.hpp>

#include <cstdio>

int main(int, char **arguments) {
    gongkai::Options options;
    if (!options.try_set_encoding("utf-8") || options.try_set_format("odd")) {
        return 1;
    }
    const auto report = gongkai::try_parse_file(arguments[1], options);
    if (!report) {
        return 2;
    }
    for (const auto fact : report->facts()) {
        const auto number = fact.try_as_int64();
        if (number && *number) {
            std::printf("%s %lld\n", fact.id().data(), static_cast<long long>(**number));
        }
    }
    gongkai::Sources sources;
    if (!sources.try_add_file(arguments[1]) || !sources.try_add("none", std::string_view("none"))) {
        return 3;
    }
    gongkai::BatchOptions how;
    std::size_t done = 0;
    how.progress = [&done](const gongkai::Progress &progress) {
        done = progress.done;
        return true;
    };
    const auto batch = gongkai::try_parse_many(sources, how);
    if (!batch || done != 2 || !(*batch)[0].try_report() || (*batch)[1].try_report()) {
        return 4;
    }
    const auto json = report->try_to_json();
    return json && gongkai::try_from_json(*json) && !gongkai::try_from_json("").has_value() ? 0 : 5;
}
