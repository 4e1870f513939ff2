// What two units of one program share.

#ifndef BEHAVIOUR_HPP
#define BEHAVIOUR_HPP

#include <gongkai.hpp>

#include <cstdio>
#include <cstdlib>

// A statement that does not hold ends the program.
#define EXPECT(statement) expect((statement), #statement, __FILE__, __LINE__)

inline void expect(bool holds, const char *statement, const char *file, int line) {
    if (!holds) {
        std::fprintf(stderr, "%s:%d: %s\n", file, line, statement);
        std::exit(1);
    }
}

/// In the other unit.
std::size_t count_facts(const gongkai::Report &report);

#endif
