#include "bench/peers/driver.hpp"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>

#include "bench/measure.hpp"

namespace cadre::bench {

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = block_end(text, 0, 1);
    lines.push_back(text.substr(0, text[end - 1] == '\n' ? end - 1 : end));
    text.remove_prefix(end);
  }
  return lines;
}

std::size_t block_end(std::string_view text, std::size_t begin, std::size_t size) {
  const std::size_t end = text.find('\n', std::min(begin + size, text.size()) - 1);
  return end == std::string_view::npos ? text.size() : end + 1;
}

void Found::add(std::size_t line, std::size_t term, std::size_t begin) {
  ++count;
  checksum += mix(line, term, begin);
}

void answer(const nlohmann::json& first, const std::function<void()>& match) {
  std::cout << first << std::endl;
  std::string line;
  while (std::getline(std::cin, line)) {
    std::cout << nlohmann::json{{"seconds", cpu_seconds(match)}} << std::endl;
  }
}

}  // namespace cadre::bench
