// Text made safe for a terminal: no character in it moves the cursor, changes colours or the order
// in which a line is read. Everything that is printed for people goes through visible().
#pragma once

#include <string>
#include <string_view>

namespace cadre {

/// Whether a terminal obeys the character or hides what it does: controls (C0 but tab and line
/// feed, DEL, C1) and those that set the direction of text (U+061C, U+200E, U+200F, U+202A to
/// U+202E, U+2066 to U+2069).
bool is_control(char32_t code_point);

/// The text with such characters written as \u001b and bytes that are not UTF-8 as \xff. The rest
/// is unchanged, and so is a text that has been through it before.
std::string visible(std::string_view text);

/// Data in a format for programs, made visible(). Lines of CSV end in CR LF; they get a line feed.
std::string visible_data(std::string_view data);

/// As visible(), on one line: each tab, line feed and carriage return becomes a space.
std::string visible_line(std::string_view text);

}  // namespace cadre
