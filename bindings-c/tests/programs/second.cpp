#include "behaviour.hpp"

std::size_t count_facts(const gongkai::Report &report) {
    std::size_t count = 0;
    for (const auto fact : report.facts()) {
        count += fact.id().empty() ? 0U : 1U;
    }
    return count;
}
