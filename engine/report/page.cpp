#include "cadre/report/page.hpp"

#include <zlib.h>

#include <fmt/format.h>

#include "cadre/base/error.hpp"
#include "cadre/text/markup.hpp"

namespace cadre {
namespace {

std::string base64(std::string_view bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const auto byte = [&](std::size_t i) -> std::uint32_t {
      return at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U;
    };
    const std::uint32_t three = byte(0) << 16U | byte(1) << 8U | byte(2);
    out += kDigits[three >> 18U & 63U];
    out += kDigits[three >> 12U & 63U];
    out += at + 1 < bytes.size() ? kDigits[three >> 6U & 63U] : '=';
    out += at + 2 < bytes.size() ? kDigits[three & 63U] : '=';
  }
  return out;
}

std::string packed_element(std::string_view name, std::string_view json) {
  return fmt::format("<script type=\"text/plain\" id=\"{}\">{}</script>\n", escape_markup(name),
                     packed(json));
}

/// What stands for a marker of the template.
std::string replacement(std::string_view marker, const PageContents& contents) {
  if (marker == "title") return escape_markup(contents.title);
  if (marker == "study") return json_in_html(contents.study);
  if (marker == "people") return packed_element("people", contents.people);
  std::string out;
  if (marker == "more") {
    for (const PageData& data : contents.more) out += packed_element(data.name, data.json);
  }
  return out;
}

}  // namespace

std::string json_in_html(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    const std::string_view three = json.substr(i, 3);
    if (c == '<') {
      out += "\\u003c";
    } else if (c == '>') {
      out += "\\u003e";
    } else if (c == '&') {
      out += "\\u0026";
    } else if (three == "\u2028" || three == "\u2029") {
      out += three == "\u2028" ? "\\u2028" : "\\u2029";
      i += 2;
    } else {
      out += c;
    }
  }
  return out;
}

std::string packed(std::string_view text) {
  uLongf size = compressBound(static_cast<uLong>(text.size()));
  std::string bytes(size, '\0');
  // Neither call can fail: the room is enough and the level is a known one.
  if (compress2(reinterpret_cast<Bytef*>(bytes.data()), &size,
                reinterpret_cast<const Bytef*>(text.data()), static_cast<uLong>(text.size()),
                Z_BEST_COMPRESSION) != Z_OK) {
    throw Error(Error::Kind::kLimit, "", "the report is too large to be packed");
  }
  bytes.resize(size);
  return base64(bytes);
}

std::string fill_page(const PageContents& contents) {
  constexpr std::string_view kOpen = "<!--cadre:";
  constexpr std::string_view kClose = "-->";
  std::string_view rest = page_template();
  if (rest.empty()) {
    throw Error(Error::Kind::kUsage, "",
                "this cadre was built without the page of its reports (CADRE_REPORT=OFF)");
  }
  std::string out;
  for (std::size_t at = rest.find(kOpen); at != std::string_view::npos; at = rest.find(kOpen)) {
    out += rest.substr(0, at);
    rest.remove_prefix(at + kOpen.size());
    const std::size_t end = rest.find(kClose);
    out += replacement(rest.substr(0, end), contents);
    rest.remove_prefix(end + kClose.size());
  }
  out += rest;
  return out;
}

}  // namespace cadre
