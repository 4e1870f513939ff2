#ifndef GONGKAI_HPP
#define GONGKAI_HPP

// gongkai.h for C++17 and later, header only.
//
// Owners (Report, Findings, Options, ...) free what they hold, and can be moved, not copied.
// Views (Fact, Section, Finding, Location, ...) and all std::string_view are borrowed: they
// are cheap to copy, and live as long as the owner they were asked of, which may be moved
// meanwhile. A NUL that is not counted follows each text, so that data() is a C string.
//
// What the document does not say is an empty std::optional. Each function that can fail has
// two forms: try_parse gives a Result, parse throws an Exception. Without exceptions
// (-fno-exceptions) only the first is there. Memory that runs out is not among the errors:
// the standard library throws, the C library ends the process.
//
// Owners that were moved from are like those that never held anything: their lists are
// empty, their texts absent, and work with them fails with Status::Caller. Options that were
// moved from have their defaults again.
//
// const means that any number of threads may use the object at once. All units of a program
// must be compiled with exceptions, or all without.

#include <gongkai.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#if defined(__cpp_exceptions) || defined(_CPPUNWIND)
#define GONGKAI_EXCEPTIONS 1
#include <exception>
#include <stdexcept>
#else
#define GONGKAI_EXCEPTIONS 0
#endif

namespace gongkai {

/// What became of a call.
enum class Status : std::int32_t {
    Ok = GONGKAI_OK,
    /// No error: the document, or the form, does not say it.
    Absent = GONGKAI_ABSENT,
    /// The bytes are damaged, or are not a report.
    Input = GONGKAI_E_INPUT,
    /// A limit of the options was passed.
    Limit = GONGKAI_E_LIMIT,
    /// The bytes may be a report, but in a form the library does not read.
    Unsupported = GONGKAI_E_UNSUPPORTED,
    /// The call is wrong: a name that does not exist, text that is not UTF-8, an object that
    /// was moved from.
    Caller = GONGKAI_E_CALLER,
    /// A file could not be read.
    Io = GONGKAI_E_IO,
    /// A fault of the library itself. All objects stay sound.
    Internal = GONGKAI_E_INTERNAL,
    /// The caller's callback ended the work.
    Cancelled = GONGKAI_E_CANCELLED,
    /// The value is there, but has no exact form of the type that was asked for.
    Inexact = GONGKAI_E_INEXACT
};

/// What kind of cell a fact is.
enum class FactStatus : std::int32_t {
    /// A number.
    Reported = GONGKAI_REPORTED,
    /// An empty cell. It is not zero.
    Blank = GONGKAI_BLANK,
    /// A mark that stands for "none": `/`, `—`, `-`, `无`.
    NotApplicable = GONGKAI_NOT_APPLICABLE,
    /// Something that is no number, or cannot be placed with certainty.
    Unreadable = GONGKAI_UNREADABLE
};

/// How much a finding weighs.
enum class Severity : std::int32_t {
    /// Worth knowing; nothing is wrong with the numbers.
    Info = GONGKAI_INFO,
    /// Irregular; a person should look.
    Warning = GONGKAI_WARNING,
    /// Something the form defines does not hold, or cells could not be read.
    Error = GONGKAI_ERROR
};

/// What a check came to.
enum class Verdict : std::int32_t {
    /// The statement does not hold.
    Failed = GONGKAI_FAILED,
    /// A blank or missing cell forbids an answer.
    Unknown = GONGKAI_UNKNOWN
};

/// Of messages for people.
enum class Language : std::int32_t { Chinese = GONGKAI_ZH, English = GONGKAI_EN };

/// Name of a status in ASCII, for logs.
inline std::string_view status_name(Status status) noexcept {
    return gongkai_status_name(static_cast<std::int32_t>(status));
}

/// Version of the library that runs, for example `0.1.0`; GONGKAI_VERSION is the header's.
inline std::string_view version() noexcept { return gongkai_version(); }
/// As one number, as GONGKAI_VERSION_NUMBER.
inline std::uint32_t version_number() noexcept { return gongkai_version_number(); }
/// Number of the binary interface of the library that runs, as GONGKAI_ABI_VERSION.
inline std::uint32_t abi_version() noexcept { return gongkai_abi_version(); }
/// The oldest binary interface whose programs run with this library.
inline std::uint32_t abi_min_compatible() noexcept { return gongkai_abi_min_compatible(); }
/// Version of the JSON form of reports, as GONGKAI_SCHEMA_VERSION.
inline std::uint32_t schema_version() noexcept { return gongkai_schema_version(); }
/// Version of the tables of Arrow streams, as GONGKAI_TABLES_VERSION.
inline std::uint32_t tables_version() noexcept { return gongkai_tables_version(); }

/// Not for callers.
namespace detail {

/// A name for C, which ends it at a NUL. One inside would cut the name in silence, so a
/// text that has one is NULL, which C refuses.
class Name {
public:
    explicit Name(std::string_view text) : text_(text) {}
    const char *c_str() const noexcept {
        return text_.find('\0') == std::string::npos ? text_.c_str() : nullptr;
    }

private:
    std::string text_;
};

/// What getters of C give, or nothing for any status but GONGKAI_OK.
template <class Getter, class... Arguments>
std::optional<std::string_view> text(Getter getter, Arguments... arguments) noexcept {
    const char *data = nullptr;
    std::size_t length = 0;
    if (getter(arguments..., &data, &length) != GONGKAI_OK) {
        return std::nullopt;
    }
    return std::string_view(data, length);
}

template <class Value, class Getter, class... Arguments>
std::optional<Value> value(Getter getter, Arguments... arguments) noexcept {
    Value found{};
    if (getter(arguments..., &found) != GONGKAI_OK) {
        return std::nullopt;
    }
    return found;
}

template <class View, class Getter, class... Arguments>
std::optional<View> view(Getter getter, Arguments... arguments) noexcept {
    const auto found = value<const typename View::Handle *>(getter, arguments...);
    return found ? std::optional(View(*found)) : std::nullopt;
}

/// How an item of a list is asked for.
template <class Item, class Owner> struct Items {
    using Getter = std::int32_t (*)(const Owner *, std::size_t, const typename Item::Handle **);
    static bool has(Getter getter, const Owner *owner, std::size_t index) noexcept {
        return getter(owner, index, nullptr) == GONGKAI_OK;
    }
    static Item at(Getter getter, const Owner *owner, std::size_t index) noexcept {
        const typename Item::Handle *found = nullptr;
        getter(owner, index, &found);
        return Item(found);
    }
};

template <class Owner> struct Items<std::string_view, Owner> {
    using Getter = std::int32_t (*)(const Owner *, std::size_t, const char **, std::size_t *);
    static bool has(Getter getter, const Owner *owner, std::size_t index) noexcept {
        return getter(owner, index, nullptr, nullptr) == GONGKAI_OK;
    }
    static std::string_view at(Getter getter, const Owner *owner, std::size_t index) noexcept {
        return text(getter, owner, index).value_or(std::string_view());
    }
};

/// Goes through anything with operator[]. Items are made as they are asked for, as those of
/// std::vector<bool> are.
template <class Range> class Iterator {
public:
    using value_type = decltype(std::declval<const Range &>()[0]);
    using reference = value_type;
    using difference_type = std::ptrdiff_t;
    using iterator_category = std::random_access_iterator_tag;

    /// Keeps an item for as long as its member is looked at.
    class pointer {
    public:
        explicit pointer(value_type item) : item_(std::move(item)) {}
        const value_type *operator->() const noexcept { return &item_; }

    private:
        value_type item_;
    };

    Iterator() = default;
    Iterator(Range range, difference_type index) : range_(std::move(range)), index_(index) {}

    reference operator*() const { return (*this)[0]; }
    pointer operator->() const { return pointer(**this); }
    reference operator[](difference_type steps) const { return range_[static_cast<std::size_t>(index_ + steps)]; }

    Iterator &operator+=(difference_type steps) noexcept {
        index_ += steps;
        return *this;
    }
    Iterator &operator-=(difference_type steps) noexcept { return *this += -steps; }
    Iterator &operator++() noexcept { return *this += 1; }
    Iterator &operator--() noexcept { return *this += -1; }
    Iterator operator++(int) {
        Iterator before = *this;
        ++*this;
        return before;
    }
    Iterator operator--(int) {
        Iterator before = *this;
        --*this;
        return before;
    }

    friend Iterator operator+(Iterator at, difference_type steps) { return at += steps; }
    friend Iterator operator+(difference_type steps, Iterator at) { return at += steps; }
    friend Iterator operator-(Iterator at, difference_type steps) { return at -= steps; }
    friend difference_type operator-(const Iterator &left, const Iterator &right) noexcept {
        return left.index_ - right.index_;
    }
    friend bool operator==(const Iterator &left, const Iterator &right) noexcept { return left.index_ == right.index_; }
    friend bool operator!=(const Iterator &left, const Iterator &right) noexcept { return left.index_ != right.index_; }
    friend bool operator<(const Iterator &left, const Iterator &right) noexcept { return left.index_ < right.index_; }
    friend bool operator>(const Iterator &left, const Iterator &right) noexcept { return right < left; }
    friend bool operator<=(const Iterator &left, const Iterator &right) noexcept { return !(right < left); }
    friend bool operator>=(const Iterator &left, const Iterator &right) noexcept { return !(left < right); }

private:
    Range range_{};
    difference_type index_ = 0;
};

struct Free {
    void operator()(gongkai_options *handle) const noexcept { gongkai_options_free(handle); }
    void operator()(gongkai_check_options *handle) const noexcept { gongkai_check_options_free(handle); }
    void operator()(gongkai_report *handle) const noexcept { gongkai_report_free(handle); }
    void operator()(gongkai_findings *handle) const noexcept { gongkai_findings_free(handle); }
    void operator()(gongkai_sources *handle) const noexcept { gongkai_sources_free(handle); }
    void operator()(gongkai_batch *handle) const noexcept { gongkai_batch_free(handle); }
    void operator()(gongkai_bytes *handle) const noexcept { gongkai_bytes_free(handle); }
    void operator()(gongkai_error *handle) const noexcept { gongkai_error_free(handle); }
};

template <class Handle> using Owned = std::unique_ptr<Handle, Free>;

} // namespace detail

/// Things in a fixed order, for range-for and algorithms: random access, items by value.
/// Lives as long as what it was asked of. An index must be below size().
template <class Item, class Owner> class List {
    using Items = detail::Items<Item, Owner>;

public:
    using value_type = Item;
    using const_iterator = detail::Iterator<List>;
    using iterator = const_iterator;
    using Getter = typename Items::Getter;

    List() = default;
    List(const Owner *owner, std::size_t size, Getter getter) noexcept : owner_(owner), size_(size), getter_(getter) {}
    /// For lists that C does not count.
    List(const Owner *owner, Getter getter) noexcept : owner_(owner), getter_(getter) {
        while (Items::has(getter, owner, size_)) {
            ++size_;
        }
    }

    std::size_t size() const noexcept { return size_; }
    bool empty() const noexcept { return size_ == 0; }
    Item operator[](std::size_t index) const noexcept { return Items::at(getter_, owner_, index); }
    iterator begin() const noexcept { return {*this, 0}; }
    iterator end() const noexcept { return {*this, static_cast<std::ptrdiff_t>(size_)}; }

private:
    const Owner *owner_ = nullptr;
    std::size_t size_ = 0;
    Getter getter_ = nullptr;
};

/// Where something stands in the document. Counts start at 1; what a carrier does not have
/// is absent. A view.
class Location {
public:
    using Handle = gongkai_location;
    explicit Location(const Handle *handle) noexcept : handle_(handle) {}
    const Handle *handle() const noexcept { return handle_; }

    /// In words, for example `table 2, row 5, column 3`.
    std::string_view text() const noexcept { return detail::text(gongkai_location_text, handle_).value_or(""); }
    /// Name of the part inside a package, for example `word/document.xml`.
    std::optional<std::string_view> part() const noexcept { return detail::text(gongkai_location_part, handle_); }
    /// Ordinal of the paragraph or table in the body.
    std::optional<std::uint32_t> block() const noexcept { return number("block"); }
    /// Ordinal of the table in the document.
    std::optional<std::uint32_t> table() const noexcept { return number("table"); }
    std::optional<std::uint32_t> row() const noexcept { return number("row"); }
    std::optional<std::uint32_t> column() const noexcept { return number("column"); }
    std::optional<std::uint32_t> page() const noexcept { return number("page"); }
    /// Of the decoded text.
    std::optional<std::uint32_t> line() const noexcept { return number("line"); }
    /// First UTF-8 byte in the decoded text, counted from 0.
    std::optional<std::uint32_t> start() const noexcept { return number("start"); }
    /// The byte after the last.
    std::optional<std::uint32_t> end() const noexcept { return number("end"); }

private:
    std::optional<std::uint32_t> number(const char *name) const noexcept {
        return detail::value<std::uint32_t>(gongkai_location_number, handle_, name);
    }

    const Handle *handle_;
};

/// Printed words that something was taken or inferred from, and their place. A view.
struct Evidence {
    std::string_view text;
    Location location;
};

/// Why something failed. It owns what it tells; copies share it.
class Error {
public:
    /// An error of which only the status is known.
    explicit Error(Status status) noexcept : status_(status) {}
    /// Shares an error of C; `error` is not NULL.
    explicit Error(std::shared_ptr<const gongkai_error> error) noexcept
        : status_(static_cast<Status>(gongkai_error_status(error.get()))), error_(std::move(error)) {}

    Status status() const noexcept { return status_; }
    /// Stable identifier of the reason in ASCII, for example `not-a-report`. Programs may
    /// compare it.
    std::string_view code() const noexcept {
        return error_ ? detail::text(gongkai_error_code, error_.get()).value_or("") : status_name(status_);
    }
    /// For people, without the place.
    std::string_view message(Language language) const noexcept {
        if (error_) {
            return detail::text(gongkai_error_message, error_.get(),
                                                             static_cast<std::int32_t>(language))
                .value_or("");
        }
        const bool chinese = language == Language::Chinese;
        switch (status_) {
        case Status::Inexact:
            return chinese ? "该值无法精确表示为所要求的类型" : "the value has no exact form of that type";
        case Status::Caller:
            return chinese ? "调用有误：名称不存在，或对象为空" : "a wrong call: no such name, or an empty object";
        default:
            return status_name(status_);
        }
    }
    /// Where in the document, if it is about a place. Lives as long as the error.
    std::optional<Location> location() const noexcept {
        return error_ ? detail::view<Location>(gongkai_error_location, error_.get()) : std::nullopt;
    }
    /// Message and place.
    std::string text(Language language) const {
        std::string text(message(language));
        if (const auto place = location()) {
            text.append(" (").append(place->text()).append(")");
        }
        return text;
    }

private:
    Status status_;
    std::shared_ptr<const gongkai_error> error_;
};

#if GONGKAI_EXCEPTIONS
/// Thrown where a function without try_ fails. what() is the English message and the place.
class Exception : public std::runtime_error {
public:
    explicit Exception(Error error) : std::runtime_error(error.text(Language::English)), error_(std::move(error)) {}

    const Error &error() const noexcept { return error_; }
    Status status() const noexcept { return error_.status(); }
    std::string_view code() const noexcept { return error_.code(); }
    std::string_view message(Language language) const noexcept { return error_.message(language); }
    std::optional<Location> location() const noexcept { return error_.location(); }

private:
    Error error_;
};
#endif

/// What came out, or why nothing did; the names are those of std::expected. `*` and `->`
/// need a value, error() needs an error, and neither looks.
template <class T> class [[nodiscard]] Result {
public:
    using value_type = T;
    using error_type = Error;

    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    bool has_value() const noexcept { return state_.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }

    const T &operator*() const & noexcept { return *std::get_if<0>(&state_); }
    T &operator*() & noexcept { return *std::get_if<0>(&state_); }
    /// By value, so that `for (auto finding : *try_check(report))` keeps what it goes through.
    T operator*() && { return std::move(*std::get_if<0>(&state_)); }
    const T *operator->() const noexcept { return std::get_if<0>(&state_); }
    T *operator->() noexcept { return std::get_if<0>(&state_); }

    const Error &error() const noexcept { return *std::get_if<1>(&state_); }

    template <class Other> T value_or(Other &&other) const & {
        return has_value() ? **this : static_cast<T>(std::forward<Other>(other));
    }
    template <class Other> T value_or(Other &&other) && {
        return has_value() ? *std::move(*this) : static_cast<T>(std::forward<Other>(other));
    }

    /// The value made into another, or the same error.
    template <class Make> auto transform(Make &&make) && -> Result<std::decay_t<std::invoke_result_t<Make, T>>> {
        if (!has_value()) {
            return error();
        }
        return std::invoke(std::forward<Make>(make), *std::move(*this));
    }
    /// The Result of going on with the value, or the same error.
    template <class Next> auto and_then(Next &&next) && -> std::decay_t<std::invoke_result_t<Next, T>> {
        if (!has_value()) {
            return error();
        }
        return std::invoke(std::forward<Next>(next), *std::move(*this));
    }

#if GONGKAI_EXCEPTIONS
    /// Throws Exception for an error.
    const T &value() const & { return check(), **this; }
    T &value() & { return check(), **this; }
    T value() && { return check(), *std::move(*this); }

private:
    void check() const {
        if (!has_value()) {
            throw Exception(error());
        }
    }
#endif

private:
    std::variant<T, Error> state_;
};

template <> class [[nodiscard]] Result<void> {
public:
    using value_type = void;
    using error_type = Error;

    Result() noexcept = default;
    Result(Error error) noexcept : error_(std::move(error)) {}

    bool has_value() const noexcept { return !error_.has_value(); }
    explicit operator bool() const noexcept { return has_value(); }
    const Error &error() const noexcept { return *error_; }

#if GONGKAI_EXCEPTIONS
    /// Throws Exception for an error.
    void value() const {
        if (error_) {
            throw Exception(*error_);
        }
    }
#endif

private:
    std::optional<Error> error_;
};

namespace detail {

inline Error failure(std::int32_t status, gongkai_error *error) {
    if (error == nullptr) {
        return Error(static_cast<Status>(status));
    }
    return Error(std::shared_ptr<const gongkai_error>(Owned<gongkai_error>(error)));
}

/// A call that gives nothing but an error.
template <class Call> Result<void> attempt(Call call) {
    gongkai_error *error = nullptr;
    const std::int32_t status = call(&error);
    if (status != GONGKAI_OK) {
        return failure(status, error);
    }
    return {};
}

/// A call that makes what T owns.
template <class T, class Call> Result<T> make(Call call) {
    typename T::Handle *made = nullptr;
    gongkai_error *error = nullptr;
    const std::int32_t status = call(&made, &error);
    if (status != GONGKAI_OK) {
        return failure(status, error);
    }
    return T(made);
}

/// A setter of a text that may be taken back.
template <class Handle>
Result<void> set(std::int32_t (*setter)(Handle *, const char *, gongkai_error **), Handle *handle,
                 std::optional<std::string_view> text) {
    if (!text) {
        return attempt([&](auto error) { return setter(handle, nullptr, error); });
    }
    const Name name(*text);
    if (name.c_str() == nullptr) {
        return Error(Status::Caller);
    }
    return attempt([&](auto error) { return setter(handle, name.c_str(), error); });
}

} // namespace detail

/// Bytes to be read: any contiguous range of char, unsigned char or std::byte. Borrowed for
/// the call. Literals are refused, lest a path is taken for a document.
class Input {
public:
    Input(const void *data, std::size_t size) noexcept
        : data_(static_cast<const std::uint8_t *>(data)), size_(size) {}
    template <class Range, class Byte = std::remove_pointer_t<decltype(std::declval<const Range &>().data())>,
              class = std::enable_if_t<sizeof(Byte) == 1 && std::is_trivially_copyable_v<Byte>>>
    Input(const Range &range) noexcept : Input(range.data(), range.size()) {}

    const std::uint8_t *data() const noexcept { return data_; }
    std::size_t size() const noexcept { return size_; }

private:
    const std::uint8_t *data_;
    std::size_t size_;
};

/// Bytes that the library wrote.
class Bytes {
public:
    using Handle = gongkai_bytes;
    /// Takes what C gave.
    explicit Bytes(Handle *handle) noexcept : handle_(handle) {}
    const Handle *handle() const noexcept { return handle_.get(); }

    std::string_view view() const noexcept { return detail::text(gongkai_bytes_data, handle()).value_or(""); }
    operator std::string_view() const noexcept { return view(); }
    std::string str() const { return std::string(view()); }
    const char *data() const noexcept { return view().data(); }
    std::size_t size() const noexcept { return view().size(); }

private:
    detail::Owned<Handle> handle_;
};

/// How to read. What is not set is detected, or has its default.
class Options {
public:
    using Handle = gongkai_options;
    Options() noexcept = default;
    /// NULL while nothing is set.
    const Handle *handle() const noexcept { return handle_.get(); }

    /// The carrier format, by its name (`docx`, `html`, `text`) or a file name extension.
    /// Caller for another.
    Result<void> try_set_format(std::optional<std::string_view> name) {
        return detail::set(gongkai_options_set_format, made(), name);
    }
    /// The encoding of text and HTML, by a label of the WHATWG Encoding Standard. One that
    /// does not exist is an error of the reading.
    Result<void> try_set_encoding(std::optional<std::string_view> label) {
        return detail::set(gongkai_options_set_encoding, made(), label);
    }
    /// Name of the file the bytes come from; its extension is a hint.
    Result<void> try_set_file_name(std::optional<std::string_view> name) {
        return detail::set(gongkai_options_set_file_name, made(), name);
    }
    /// What a document may cost. gongkai_options_set_limit lists names and defaults. Caller
    /// for another name.
    Result<void> try_set_limit(std::string_view name, std::uint64_t limit) {
        return detail::attempt([&](auto error) {
            return gongkai_options_set_limit(made(), detail::Name(name).c_str(), limit, error);
        });
    }

#if GONGKAI_EXCEPTIONS
    Options &set_format(std::optional<std::string_view> name) { return try_set_format(name).value(), *this; }
    Options &set_encoding(std::optional<std::string_view> label) { return try_set_encoding(label).value(), *this; }
    Options &set_file_name(std::optional<std::string_view> name) { return try_set_file_name(name).value(), *this; }
    Options &set_limit(std::string_view name, std::uint64_t limit) {
        return try_set_limit(name, limit).value(), *this;
    }
#endif

private:
    Handle *made() {
        if (!handle_) {
            handle_.reset(gongkai_options_new());
        }
        return handle_.get();
    }

    detail::Owned<Handle> handle_;
};

/// How to check. What is not set stands as in the catalogue.
class CheckOptions {
public:
    using Handle = gongkai_check_options;
    CheckOptions() noexcept = default;
    /// NULL while nothing is set.
    const Handle *handle() const noexcept { return handle_.get(); }

    /// Another severity for a check; its findings carry the reason. Caller for a check that
    /// does not exist.
    Result<void> try_set_severity(std::string_view code, Severity severity, std::string_view why) {
        return detail::attempt([&](auto error) {
            return gongkai_check_options_set_severity(made(), detail::Name(code).c_str(),
                                                      static_cast<std::int32_t>(severity),
                                                      detail::Name(why).c_str(), error);
        });
    }
    /// The findings that a person accepted, from the JSON of a file of waivers. Caller for
    /// text that is none.
    Result<void> try_set_waivers(std::string_view json) {
        return detail::attempt([&](auto error) {
            return gongkai_check_options_set_waivers(made(), json.data(), json.size(), error);
        });
    }
    /// A fact that is known to be right.
    Result<void> try_add_trusted(std::string_view id) {
        return detail::attempt([&](auto error) {
            return gongkai_check_options_add_trusted(made(), detail::Name(id).c_str(), error);
        });
    }
    /// Name of a member, as its report prints it, that a roll-up must have a report of.
    Result<void> try_add_member(std::string_view name) {
        return detail::attempt([&](auto error) {
            return gongkai_check_options_add_member(made(), detail::Name(name).c_str(), error);
        });
    }
    /// One of the numbers that gongkai_check_options_set_number lists. Caller for another
    /// name, or a number above 2^32 - 1.
    Result<void> try_set_number(std::string_view name, std::uint64_t number) {
        return detail::attempt([&](auto error) {
            return gongkai_check_options_set_number(made(), detail::Name(name).c_str(), number, error);
        });
    }

#if GONGKAI_EXCEPTIONS
    CheckOptions &set_severity(std::string_view code, Severity severity, std::string_view why) {
        return try_set_severity(code, severity, why).value(), *this;
    }
    CheckOptions &set_waivers(std::string_view json) { return try_set_waivers(json).value(), *this; }
    CheckOptions &add_trusted(std::string_view id) { return try_add_trusted(id).value(), *this; }
    CheckOptions &add_member(std::string_view name) { return try_add_member(name).value(), *this; }
    CheckOptions &set_number(std::string_view name, std::uint64_t number) {
        return try_set_number(name, number).value(), *this;
    }
#endif

private:
    Handle *made() {
        if (!handle_) {
            handle_.reset(gongkai_check_options_new());
        }
        return handle_.get();
    }

    detail::Owned<Handle> handle_;
};

/// One cell of a statutory table. A view that lives as long as its report.
class Fact {
public:
    using Handle = gongkai_fact;
    explicit Fact(const Handle *handle) noexcept : handle_(handle) {}
    const Handle *handle() const noexcept { return handle_; }

    /// Only a reported cell has a value; a blank one is not zero.
    FactStatus status() const noexcept {
        return static_cast<FactStatus>(detail::value<std::int32_t>(gongkai_fact_status, handle_).value_or(GONGKAI_UNREADABLE));
    }
    /// The decimal exactly as printed: `0.50` keeps its zero; no separators, no exponent.
    /// Absent unless the cell is reported.
    std::optional<std::string_view> value() const noexcept { return detail::text(gongkai_fact_value, handle_); }
    /// The number as an integer. Absent unless the cell is reported; Inexact for a fraction,
    /// or a number that 64 bits do not hold.
    Result<std::optional<std::int64_t>> try_as_int64() const {
        std::int64_t found = 0;
        const std::int32_t status = gongkai_fact_int64(handle_, &found);
        if (status != GONGKAI_OK && status != GONGKAI_ABSENT) {
            return Error(static_cast<Status>(status));
        }
        return status == GONGKAI_OK ? std::optional(found) : std::nullopt;
    }
    /// The nearest double. Absent unless the cell is reported. Sums of money belong to the
    /// decimal.
    std::optional<double> as_double() const noexcept { return detail::value<double>(gongkai_fact_double, handle_); }

    /// Table, row and column with points between them.
    std::string_view id() const noexcept { return text_of(gongkai_fact_id); }
    /// `proactive`, `requests` or `review`.
    std::string_view table() const noexcept { return text_of(gongkai_fact_table); }
    /// For example `denied.state_secret`.
    std::string_view row() const noexcept { return text_of(gongkai_fact_row); }
    /// For example `natural_person`.
    std::string_view column() const noexcept { return text_of(gongkai_fact_column); }
    /// The cell's own characters.
    std::string_view text() const noexcept { return text_of(gongkai_fact_text); }
    /// Edition of the block the cell stands in. Absent where nothing decides.
    std::optional<std::string_view> edition() const noexcept { return detail::text(gongkai_fact_edition, handle_); }
    /// Unit printed in the cell or its header.
    std::optional<std::string_view> unit() const noexcept { return detail::text(gongkai_fact_unit, handle_); }
    /// Unit that the form means for this cell, whatever is printed.
    std::optional<std::string_view> form_unit() const noexcept {
        return detail::text(gongkai_fact_form_unit, handle_);
    }
    Location location() const noexcept {
        return detail::view<Location>(gongkai_fact_location, handle_).value_or(Location(nullptr));
    }

#if GONGKAI_EXCEPTIONS
    std::optional<std::int64_t> as_int64() const { return try_as_int64().value(); }
#endif

private:
    std::string_view text_of(std::int32_t (*getter)(const Handle *, const char **, std::size_t *)) const noexcept {
        return detail::text(getter, handle_).value_or("");
    }

    const Handle *handle_;
};

/// A paragraph of narrative. A view that lives as long as its report.
class Paragraph {
public:
    using Handle = gongkai_paragraph;
    explicit Paragraph(const Handle *handle) noexcept : handle_(handle) {}
    const Handle *handle() const noexcept { return handle_; }

    /// White space at both ends removed.
    std::string_view text() const noexcept { return detail::text(gongkai_paragraph_text, handle_).value_or(""); }
    Location location() const noexcept {
        return detail::view<Location>(gongkai_paragraph_location, handle_).value_or(Location(nullptr));
    }

private:
    const Handle *handle_;
};

/// A section of a report. A view that lives as long as its report.
class Section {
public:
    using Handle = gongkai_section;
    explicit Section(const Handle *handle) noexcept : handle_(handle) {}
    const Handle *handle() const noexcept { return handle_; }

    /// As printed, its number included.
    std::string_view heading() const noexcept { return detail::text(gongkai_section_heading, handle_).value_or(""); }
    /// What it is about: `overview`, `proactive`, `requests`, `review`, `problems`,
    /// `other_matters`. Two where one heading names two, none for a section that the form
    /// does not have.
    List<std::string_view, Handle> roles() const noexcept { return {handle_, gongkai_section_role}; }
    /// Of the heading.
    Location location() const noexcept {
        return detail::view<Location>(gongkai_section_location, handle_).value_or(Location(nullptr));
    }
    /// Narrative; tables are in the facts.
    List<Paragraph, Handle> paragraphs() const noexcept {
        return {handle_, gongkai_section_paragraph_count(handle_), gongkai_section_paragraph};
    }

private:
    const Handle *handle_;
};

/// Which edition of the form a block of the tables follows. A view that lives as long as its
/// report.
class BlockEdition {
public:
    using Handle = gongkai_edition;
    explicit BlockEdition(const Handle *handle) noexcept : handle_(handle) {}
    const Handle *handle() const noexcept { return handle_; }

    /// `proactive`, `requests` or `review`.
    std::string_view table() const noexcept { return detail::text(gongkai_edition_table, handle_).value_or(""); }
    /// As the form titles it; empty where a table is one block.
    std::string_view block() const noexcept { return detail::text(gongkai_edition_block, handle_).value_or(""); }
    /// Its year of issue, for example `2021`. Absent where nothing decides.
    std::optional<std::string_view> name() const noexcept { return detail::text(gongkai_edition_name, handle_); }
    /// The printed words that decided.
    Evidence evidence() const noexcept {
        const char *text = "";
        std::size_t length = 0;
        const gongkai_location *location = nullptr;
        gongkai_edition_evidence(handle_, &text, &length, &location);
        return {std::string_view(text, length), Location(location)};
    }

private:
    const Handle *handle_;
};

/// A cell to look at, with the value that would mend it. A view that lives as long as its
/// findings.
class Suggestion {
public:
    using Handle = gongkai_suggestion;
    explicit Suggestion(const Handle *handle) noexcept : handle_(handle) {}
    const Handle *handle() const noexcept { return handle_; }

    /// Id of the cell.
    std::optional<std::string_view> fact() const noexcept { return text("fact"); }
    /// The decimal that would mend it; it never enters the facts.
    std::optional<std::string_view> value() const noexcept { return text("value"); }
    /// Where several would: the smallest.
    std::optional<std::string_view> least() const noexcept { return text("least"); }
    /// Where several would: the greatest.
    std::optional<std::string_view> greatest() const noexcept { return text("greatest"); }
    /// Of the likely slip, for example `TRANSPOSED_DIGITS`.
    std::optional<std::string_view> code() const noexcept { return text("code"); }
    /// Why the cell is suspected.
    std::string_view reason(Language language) const noexcept {
        return detail::text(gongkai_suggestion_reason, handle_,
                                                  static_cast<std::int32_t>(language))
            .value_or("");
    }

private:
    std::optional<std::string_view> text(const char *name) const noexcept {
        return detail::text(gongkai_suggestion_text, handle_, name);
    }

    const Handle *handle_;
};

/// One irregularity, with its place and evidence. A view that lives as long as its findings.
class Finding {
public:
    using Handle = gongkai_finding;
    explicit Finding(const Handle *handle) noexcept : handle_(handle) {}
    const Handle *handle() const noexcept { return handle_; }

    Severity severity() const noexcept {
        return static_cast<Severity>(detail::value<std::int32_t>(gongkai_finding_severity, handle_).value_or(GONGKAI_ERROR));
    }
    Verdict verdict() const noexcept {
        return static_cast<Verdict>(detail::value<std::int32_t>(gongkai_finding_verdict, handle_).value_or(GONGKAI_UNKNOWN));
    }
    std::string_view message(Language language) const noexcept {
        return detail::text(gongkai_finding_message, handle_,
                                                  static_cast<std::int32_t>(language))
            .value_or("");
    }
    /// Stable, for example `REQ-BALANCE`.
    std::string_view code() const noexcept { return text("code").value_or(""); }
    /// Identity that survives a re-run.
    std::string_view fingerprint() const noexcept { return text("fingerprint").value_or(""); }
    /// Where it compares.
    std::optional<std::string_view> expected() const noexcept { return text("expected"); }
    /// Where it compares.
    std::optional<std::string_view> actual() const noexcept { return text("actual"); }
    /// The sentence it rests on, as printed.
    std::optional<std::string_view> quote() const noexcept { return text("quote"); }
    /// The same for findings with one likely cause.
    std::optional<std::string_view> group() const noexcept { return text("group"); }
    /// Of a finding that a person accepted.
    std::optional<std::string_view> waived_by() const noexcept { return text("waived_by"); }
    std::optional<std::string_view> waived_when() const noexcept { return text("waived_when"); }
    std::optional<std::string_view> waived_why() const noexcept { return text("waived_why"); }
    /// Where the caller set another severity.
    std::optional<std::string_view> regraded_from() const noexcept { return text("regraded_from"); }
    std::optional<std::string_view> regraded_why() const noexcept { return text("regraded_why"); }
    /// Against an earlier run: `new`, `unchanged`, `gone`.
    std::optional<std::string_view> baseline() const noexcept { return text("baseline"); }

    /// Ids of the facts concerned.
    List<std::string_view, Handle> facts() const noexcept { return {handle_, gongkai_finding_fact}; }
    /// The places concerned.
    List<Location, Handle> locations() const noexcept { return {handle_, gongkai_finding_location}; }
    /// The cells to look at.
    List<Suggestion, Handle> suggestions() const noexcept { return {handle_, gongkai_finding_suggestion}; }
    /// Of several reports checked together, which one it concerns, counted from 0.
    std::optional<std::uint32_t> report() const noexcept { return detail::value<std::uint32_t>(gongkai_finding_report, handle_); }
    /// For an unknown verdict: whether the statement would hold were every blank and missing
    /// cell zero. Absent where that does not decide it either.
    std::optional<bool> as_zero() const noexcept {
        const auto holds = detail::value<std::int32_t>(gongkai_finding_as_zero, handle_);
        return holds ? std::optional(*holds != 0) : std::nullopt;
    }

private:
    std::optional<std::string_view> text(const char *name) const noexcept {
        return detail::text(gongkai_finding_text, handle_, name);
    }

    const Handle *handle_;
};

class Report;

namespace detail {

/// What owned and borrowed findings have in common.
template <class Self> class FindingList {
    using Items = List<Finding, gongkai_findings>;

public:
    using value_type = Finding;
    using const_iterator = typename Items::const_iterator;
    using iterator = const_iterator;

    std::size_t size() const noexcept { return gongkai_findings_count(handle()); }
    bool empty() const noexcept { return size() == 0; }
    Finding operator[](std::size_t index) const noexcept { return items()[index]; }
    iterator begin() const noexcept { return items().begin(); }
    iterator end() const noexcept { return items().end(); }

    /// Writes the findings of a report in the form `json`, `sarif`, or `text` for people.
    /// `source` names the document. Caller for another form.
    Result<Bytes> try_write(std::string_view form, const Report &report, std::string_view source,
                            Language language) const;
#if GONGKAI_EXCEPTIONS
    Bytes write(std::string_view form, const Report &report, std::string_view source, Language language) const {
        return try_write(form, report, source, language).value();
    }
#endif

private:
    const gongkai_findings *handle() const noexcept { return static_cast<const Self *>(this)->handle(); }
    Items items() const noexcept { return {handle(), size(), gongkai_findings_at}; }
};

} // namespace detail

/// A list of findings, as a range of Finding in the order of the checks.
class Findings : public detail::FindingList<Findings> {
public:
    using Handle = gongkai_findings;
    /// Takes what C gave.
    explicit Findings(Handle *handle) noexcept : handle_(handle) {}
    const Handle *handle() const noexcept { return handle_.get(); }

private:
    detail::Owned<Handle> handle_;
};

/// Borrowed findings: those of a report, or of Findings, and living as long.
class FindingsView : public detail::FindingList<FindingsView> {
public:
    using Handle = gongkai_findings;
    /// Stands for those of the reader, where findings may be given.
    FindingsView() noexcept = default;
    explicit FindingsView(const Handle *handle) noexcept : handle_(handle) {}
    FindingsView(const Findings &findings) noexcept : handle_(findings.handle()) {}
    const Handle *handle() const noexcept { return handle_; }

private:
    const Handle *handle_ = nullptr;
};

/// A table as a stream of the Arrow C data interface. It needs nothing of what it was made
/// from, and is read by one thread at a time.
class ArrowStream {
public:
    ArrowStream() noexcept = default;
    ArrowStream(ArrowStream &&other) noexcept { other.move_to(&stream_); }
    ArrowStream &operator=(ArrowStream &&other) noexcept {
        if (this != &other) {
            release();
            other.move_to(&stream_);
        }
        return *this;
    }
    ArrowStream(const ArrowStream &) = delete;
    ArrowStream &operator=(const ArrowStream &) = delete;
    ~ArrowStream() { release(); }

    /// For consumers that move the stream out of the pointer, as importers do; what they
    /// leave is released here.
    ArrowArrayStream *get() noexcept { return &stream_; }
    /// Hands the stream over to memory of the caller's, who releases it.
    void move_to(ArrowArrayStream *out) noexcept {
        *out = stream_;
        stream_ = {};
    }
    /// False once the stream was moved out or released.
    explicit operator bool() const noexcept { return stream_.release != nullptr; }
    /// Releases the stream now.
    void release() noexcept {
        if (stream_.release != nullptr) {
            stream_.release(&stream_);
        }
        stream_ = {};
    }

private:
    ArrowArrayStream stream_{};
};

/// Texts that describe a report as a whole.
enum class Field {
    /// As printed, lines joined.
    Title,
    /// The organ that reports, as printed.
    Agency,
    /// `province`, `prefecture`, `county` or `township`.
    AgencyLevel,
    /// As printed.
    DocumentNumber,
    Year,
    /// Of what the numbers cover: a day as `2024-01-31`.
    PeriodStart,
    PeriodEnd,
    /// A day.
    Published,
    Signed,
    /// Of the form, where all blocks agree on one.
    Edition,
    /// The carrier.
    Format,
    /// Of carriers that are text.
    Encoding
};

/// One report.
class Report {
public:
    using Handle = gongkai_report;
    template <class Item> using ListOf = List<Item, Handle>;

    /// Takes what C gave.
    explicit Report(Handle *handle) noexcept : handle_(handle) {}
    const Handle *handle() const noexcept { return handle_.get(); }

    /// The year reported on.
    std::optional<std::int32_t> year() const noexcept { return detail::value<std::int32_t>(gongkai_report_year, handle()); }
    std::optional<std::string_view> title() const noexcept { return text(Field::Title); }
    std::optional<std::string_view> agency() const noexcept { return text(Field::Agency); }
    /// Of the form, where all blocks agree on one.
    std::optional<std::string_view> edition() const noexcept { return text(Field::Edition); }
    std::optional<std::string_view> text(Field field) const noexcept {
        return detail::text(gongkai_report_text, handle(), name(field));
    }
    /// Where such a text comes from. Absent too for what has no words of its own:
    /// AgencyLevel, Edition, Format, Encoding.
    std::optional<Evidence> evidence(Field field) const noexcept {
        const char *text = nullptr;
        std::size_t length = 0;
        const gongkai_location *location = nullptr;
        if (gongkai_report_evidence(handle(), name(field), &text, &length, &location) != GONGKAI_OK) {
            return std::nullopt;
        }
        return Evidence{std::string_view(text, length), Location(location)};
    }

    /// The fact of an id, for example `requests.received.total`. Absent where the document
    /// does not print the cell, and for an id that no form has.
    std::optional<Fact> fact(std::string_view id) const {
        return detail::view<Fact>(gongkai_report_fact, handle(), detail::Name(id).c_str());
    }
    std::optional<Fact> operator[](std::string_view id) const { return fact(id); }

    // Lists of a report that is about to end are not given: a loop would go through what is
    // gone.

    /// In the order of the form.
    ListOf<Fact> facts() const & noexcept {
        return {handle(), gongkai_report_fact_count(handle()), gongkai_report_fact_at};
    }
    /// Values printed for groups of rows. The form has no such cells, and they are in no sum.
    ListOf<Fact> subtotals() const & noexcept {
        return {handle(), gongkai_report_subtotal_count(handle()), gongkai_report_subtotal_at};
    }
    /// In printed order, those that the form does not have included.
    ListOf<Section> sections() const & noexcept {
        return {handle(), gongkai_report_section_count(handle()), gongkai_report_section};
    }
    /// What stands before the first heading, the title left out.
    ListOf<Paragraph> preamble() const & noexcept {
        return {handle(), gongkai_report_preamble_count(handle()), gongkai_report_preamble};
    }
    /// Signature and date.
    ListOf<Paragraph> closing() const & noexcept {
        return {handle(), gongkai_report_closing_count(handle()), gongkai_report_closing};
    }
    /// Of the blocks of the tables, in their order.
    ListOf<BlockEdition> editions() const & noexcept {
        return {handle(), gongkai_report_edition_count(handle()), gongkai_report_edition};
    }
    /// What the reader found irregular.
    FindingsView findings() const & noexcept {
        const gongkai_findings *found = nullptr;
        gongkai_report_findings(handle(), &found);
        return FindingsView(found);
    }
    ListOf<Fact> facts() const && = delete;
    ListOf<Fact> subtotals() const && = delete;
    ListOf<Section> sections() const && = delete;
    ListOf<Paragraph> preamble() const && = delete;
    ListOf<Paragraph> closing() const && = delete;
    ListOf<BlockEdition> editions() const && = delete;
    FindingsView findings() const && = delete;

    /// Follows the committed schema of GONGKAI_SCHEMA_VERSION; from_json reads it back.
    Result<Bytes> try_to_json() const {
        return detail::make<Bytes>(
            [&](auto bytes, auto error) { return gongkai_report_to_json(handle(), bytes, error); });
    }
    /// Writes the facts in the form `csv` or `jsonl`, or the report for a person in the form
    /// `text` or `html`, where `findings`, without them those of the reader, are marked on
    /// their cells. `source` names the document in the records. UTF-8. Caller for another form.
    Result<Bytes> try_write(std::string_view form, std::string_view source, FindingsView findings = {}) const {
        const detail::Name form_name(form), source_name(source);
        return detail::make<Bytes>([&](auto bytes, auto error) {
            return gongkai_report_write(handle(), findings.handle(), form_name.c_str(), source_name.c_str(), bytes,
                                        error);
        });
    }
    /// The table `facts`, `findings`, `reports`, `panel` or `panel_status`. Without
    /// `findings` those of the reader are counted and listed. `source` names the document.
    /// Caller for another table.
    Result<ArrowStream> try_to_arrow(std::string_view table, std::string_view source,
                                     FindingsView findings = {}) const {
        ArrowStream stream;
        const auto made = detail::attempt([&](auto error) {
            return gongkai_report_export_arrow(handle(), findings.handle(), detail::Name(table).c_str(),
                                               detail::Name(source).c_str(), stream.get(), error);
        });
        if (!made) {
            return made.error();
        }
        return stream;
    }

#if GONGKAI_EXCEPTIONS
    Bytes to_json() const { return try_to_json().value(); }
    Bytes write(std::string_view form, std::string_view source, FindingsView findings = {}) const {
        return try_write(form, source, findings).value();
    }
    ArrowStream to_arrow(std::string_view table, std::string_view source, FindingsView findings = {}) const {
        return try_to_arrow(table, source, findings).value();
    }
#endif

private:
    static const char *name(Field field) noexcept {
        switch (field) {
        case Field::Title: return "title";
        case Field::Agency: return "agency";
        case Field::AgencyLevel: return "agency_level";
        case Field::DocumentNumber: return "document_number";
        case Field::Year: return "year";
        case Field::PeriodStart: return "period_start";
        case Field::PeriodEnd: return "period_end";
        case Field::Published: return "published";
        case Field::Signed: return "signed";
        case Field::Edition: return "edition";
        case Field::Format: return "format";
        case Field::Encoding: return "encoding";
        }
        return "";
    }

    detail::Owned<Handle> handle_;
};

template <class Self>
Result<Bytes> detail::FindingList<Self>::try_write(std::string_view form, const Report &report,
                                                   std::string_view source, Language language) const {
    const Name form_name(form), source_name(source);
    return make<Bytes>([&](auto bytes, auto error) {
        return gongkai_findings_write(handle(), report.handle(), form_name.c_str(), source_name.c_str(),
                                      static_cast<std::int32_t>(language), bytes, error);
    });
}

/// Reads a report from the bytes of a document. Input, Limit or Unsupported where no report
/// can exist at all; whatever else is irregular is a finding.
inline Result<Report> try_parse(Input document, const Options &options = {}) {
    return detail::make<Report>([&](auto report, auto error) {
        return gongkai_parse_bytes(document.data(), document.size(), options.handle(), report, error);
    });
}

/// Reads a report from a regular file. The path is the bytes that the system takes for it;
/// on Windows, UTF-8. Errors as try_parse, and Io.
inline Result<Report> try_parse_file(std::string_view path, const Options &options = {}) {
    return detail::make<Report>([&](auto report, auto error) {
        return gongkai_parse_file(detail::Name(path).c_str(), options.handle(), report, error);
    });
}

/// Reads back what to_json wrote. Caller where it is no such JSON.
inline Result<Report> try_from_json(std::string_view json) {
    return detail::make<Report>([&](auto report, auto error) {
        return gongkai_report_from_json(json.data(), json.size(), report, error);
    });
}

/// Reports to be checked together: `{r2023, r2024}`, or any range of Report or of
/// references to it. Borrowed for the call.
class Reports {
public:
    Reports(std::initializer_list<std::reference_wrapper<const Report>> reports) { add(reports); }
    template <class Range,
              class = std::enable_if_t<std::is_convertible_v<decltype(*std::begin(std::declval<const Range &>())),
                                                             const Report &>>>
    Reports(const Range &reports) {
        add(reports);
    }

    const gongkai_report *const *data() const noexcept { return handles_.data(); }
    std::size_t size() const noexcept { return handles_.size(); }

private:
    template <class Range> void add(const Range &reports) {
        for (const Report &report : reports) {
            handles_.push_back(report.handle());
        }
    }

    std::vector<const gongkai_report *> handles_;
};

/// Checks one report. What the checks find are findings, not errors.
inline Result<Findings> try_check(const Report &report, const CheckOptions &options = {}) {
    return detail::make<Findings>([&](auto findings, auto error) {
        return gongkai_check(report.handle(), options.handle(), findings, error);
    });
}

/// As try_check, with what the reader found beside it: all that is to be said of one report.
inline Result<Findings> try_check_all(const Report &report, const CheckOptions &options = {}) {
    return detail::make<Findings>([&](auto findings, auto error) {
        return gongkai_check_all(report.handle(), options.handle(), findings, error);
    });
}

/// Checks the reports of one agency, of several years, against each other.
inline Result<Findings> try_check_series(const Reports &reports, const CheckOptions &options = {}) {
    return detail::make<Findings>([&](auto findings, auto error) {
        return gongkai_check_series(reports.data(), reports.size(), options.handle(), findings, error);
    });
}

/// Checks a report that covers members against theirs. The findings count the parent as
/// report 0, the members from 1 on.
inline Result<Findings> try_check_rollup(const Report &parent, const Reports &members,
                                         const CheckOptions &options = {}) {
    return detail::make<Findings>([&](auto findings, auto error) {
        return gongkai_check_rollup(parent.handle(), members.data(), members.size(), options.handle(), findings,
                                    error);
    });
}

/// Documents to be read together.
class Sources {
public:
    using Handle = gongkai_sources;
    Sources() : handle_(gongkai_sources_new()) {}
    const Handle *handle() const noexcept { return handle_.get(); }

    /// Adds a file, which is opened when the list is read.
    Result<void> try_add_file(std::string_view path) {
        return detail::attempt([&](auto error) {
            return gongkai_sources_add_file(handle_.get(), detail::Name(path).c_str(), error);
        });
    }
    /// Adds a copy of a document. Caller for a name that is not UTF-8.
    Result<void> try_add(std::string_view name, Input document) {
        return detail::attempt([&](auto error) {
            return gongkai_sources_add_bytes(handle_.get(), detail::Name(name).c_str(), document.data(),
                                             document.size(), error);
        });
    }

#if GONGKAI_EXCEPTIONS
    Sources &add_file(std::string_view path) { return try_add_file(path).value(), *this; }
    Sources &add(std::string_view name, Input document) { return try_add(name, document).value(), *this; }
#endif

private:
    detail::Owned<Handle> handle_;
};

class BatchItem;

/// Reports of many documents, as a range of BatchItem in the order they were added. Copies
/// share the documents.
class Batch {
public:
    using Handle = gongkai_batch;
    using value_type = BatchItem;
    using const_iterator = detail::Iterator<Batch>;
    using iterator = const_iterator;

    Batch() noexcept = default;
    /// Takes what C gave.
    explicit Batch(Handle *handle) : handle_(detail::Owned<Handle>(handle)) {}
    const Handle *handle() const noexcept { return handle_.get(); }

    /// Documents, those that gave no report included.
    std::size_t size() const noexcept { return gongkai_batch_count(handle()); }
    bool empty() const noexcept { return size() == 0; }
    BatchItem operator[](std::size_t index) const noexcept;
    iterator begin() const noexcept;
    iterator end() const noexcept;

    /// The table `facts`, `findings`, `reports` (one record a document, those that gave no
    /// report included), `panel` or `panel_status` of all documents, made piece by piece as
    /// the stream is read. Caller for another table.
    Result<ArrowStream> try_to_arrow(std::string_view table) const {
        ArrowStream stream;
        const auto made = detail::attempt([&](auto error) {
            return gongkai_batch_export_arrow(handle(), detail::Name(table).c_str(), stream.get(), error);
        });
        if (!made) {
            return made.error();
        }
        return stream;
    }

#if GONGKAI_EXCEPTIONS
    ArrowStream to_arrow(std::string_view table) const { return try_to_arrow(table).value(); }
#endif

private:
    friend class BatchItem;
    std::shared_ptr<const Handle> handle_;
};

/// One document of a batch, which it keeps.
class BatchItem {
public:
    BatchItem(Batch batch, std::size_t index) noexcept : batch_(std::move(batch)), index_(index) {}

    /// Name of the document, as it was added.
    std::string_view source() const noexcept {
        return detail::text(gongkai_batch_source, batch_.handle(), index_).value_or("");
    }
    /// Why the document gave no report.
    std::optional<Error> error() const {
        const gongkai_error *error = nullptr;
        if (gongkai_batch_error(batch_.handle(), index_, &error) != GONGKAI_OK) {
            return std::nullopt;
        }
        // The error is part of the batch, and keeps it.
        return Error(std::shared_ptr<const gongkai_error>(batch_.handle_, error));
    }
    /// The report, unpacked anew at each call, or the reason why there is none.
    Result<Report> try_report() const { return unpack<Report>(gongkai_batch_report); }
    /// All findings of the document: the reader's, and those of the checks if the batch was
    /// checked. Fails as try_report.
    Result<Findings> try_findings() const { return unpack<Findings>(gongkai_batch_findings); }

#if GONGKAI_EXCEPTIONS
    Report report() const { return try_report().value(); }
    Findings findings() const { return try_findings().value(); }
#endif

private:
    template <class T>
    Result<T> unpack(std::int32_t (*getter)(const gongkai_batch *, std::size_t, typename T::Handle **,
                                            gongkai_error **)) const {
        if (auto error = this->error()) {
            return *std::move(error);
        }
        return detail::make<T>([&](auto out, auto error) { return getter(batch_.handle(), index_, out, error); });
    }

    Batch batch_;
    std::size_t index_;
};

inline BatchItem Batch::operator[](std::size_t index) const noexcept { return {*this, index}; }
inline Batch::iterator Batch::begin() const noexcept { return {*this, 0}; }
inline Batch::iterator Batch::end() const noexcept { return {*this, static_cast<std::ptrdiff_t>(size())}; }

/// How far the reading of many documents is.
struct Progress {
    std::size_t done;
    std::size_t total;
    std::size_t failed;
};

/// How to read many documents.
struct BatchOptions {
    /// Borrowed for the call; NULL for the defaults.
    const Options *options = nullptr;
    /// Borrowed for the call; NULL to leave the reports unchecked.
    const CheckOptions *checks = nullptr;
    /// 0 for as many as the machine runs at once.
    std::size_t threads = 0;
    /// Called on the thread that reads, several times a second, and once when all is done;
    /// false ends what work is left with Cancelled. What it throws ends the work too, and
    /// comes out of the reading.
    std::function<bool(const Progress &)> progress;
};

/// Reads many documents on threads that end with the call. One that cannot be read never
/// stops the others: its item has the reason. Cancelled if `progress` ended the work.
inline Result<Batch> try_parse_many(const Sources &sources, const BatchOptions &how = {}) {
    struct Watch {
        const BatchOptions &how;
#if GONGKAI_EXCEPTIONS
        std::exception_ptr thrown;
#endif
        bool goes_on(const Progress &progress) noexcept {
#if GONGKAI_EXCEPTIONS
            try {
                return how.progress(progress);
            } catch (...) {
                // No exception may cross C; it is thrown again behind it.
                thrown = std::current_exception();
                return false;
            }
#else
            return how.progress(progress);
#endif
        }
    };
    Watch watch{how
#if GONGKAI_EXCEPTIONS
                ,
                nullptr
#endif
    };
    const gongkai_progress progress = [](std::size_t done, std::size_t total, std::size_t failed,
                                         void *user) -> std::int32_t {
        return static_cast<Watch *>(user)->goes_on({done, total, failed}) ? 0 : 1;
    };
    // The defaults of the checks have no handle, and NULL stands for no checks.
    detail::Owned<gongkai_check_options> defaults;
    const gongkai_check_options *checks = how.checks == nullptr ? nullptr : how.checks->handle();
    if (how.checks != nullptr && checks == nullptr) {
        defaults.reset(gongkai_check_options_new());
        checks = defaults.get();
    }
    auto batch = detail::make<Batch>([&](auto out, auto error) {
        return gongkai_parse_many(sources.handle(), how.options == nullptr ? nullptr : how.options->handle(), checks,
                                  how.threads, how.progress ? progress : nullptr, &watch, out, error);
    });
#if GONGKAI_EXCEPTIONS
    if (watch.thrown) {
        std::rethrow_exception(watch.thrown);
    }
#endif
    return batch;
}

/// Writes UTF-8 text in GB18030 with the mapping of its 2022 edition. No character is ever
/// replaced: Inexact for one that would not come back as it is; Caller for text that is not
/// UTF-8.
inline Result<std::string> try_gb18030_encode(std::string_view text) {
    return detail::make<Bytes>([&](auto bytes, auto error) {
               return gongkai_gb18030_encode(text.data(), text.size(), bytes, error);
           })
        .transform([](const Bytes &bytes) { return bytes.str(); });
}

/// Writes GB18030 text, and so GBK and GB2312 text, in UTF-8. No byte is ever replaced:
/// Inexact for one that is no GB18030.
inline Result<std::string> try_gb18030_decode(std::string_view text) {
    return detail::make<Bytes>([&](auto bytes, auto error) {
               return gongkai_gb18030_decode(text.data(), text.size(), bytes, error);
           })
        .transform([](const Bytes &bytes) { return bytes.str(); });
}

#if GONGKAI_EXCEPTIONS
// As the functions with try_ above; each throws Exception where they give an error.

inline Report parse(Input document, const Options &options = {}) { return try_parse(document, options).value(); }
inline Report parse_file(std::string_view path, const Options &options = {}) {
    return try_parse_file(path, options).value();
}
inline Report from_json(std::string_view json) { return try_from_json(json).value(); }
inline Findings check(const Report &report, const CheckOptions &options = {}) {
    return try_check(report, options).value();
}
inline Findings check_all(const Report &report, const CheckOptions &options = {}) {
    return try_check_all(report, options).value();
}
inline Findings check_series(const Reports &reports, const CheckOptions &options = {}) {
    return try_check_series(reports, options).value();
}
inline Findings check_rollup(const Report &parent, const Reports &members, const CheckOptions &options = {}) {
    return try_check_rollup(parent, members, options).value();
}
inline Batch parse_many(const Sources &sources, const BatchOptions &how = {}) {
    return try_parse_many(sources, how).value();
}
inline std::string gb18030_encode(std::string_view text) { return try_gb18030_encode(text).value(); }
inline std::string gb18030_decode(std::string_view text) { return try_gb18030_decode(text).value(); }
#endif

} // namespace gongkai

#endif // GONGKAI_HPP
