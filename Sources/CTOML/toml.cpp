// toml++ throws nothing here: what is wrong comes back as a value.
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include "ctoml.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

namespace {

void append_text(std::string &out, std::string_view text) {
  out += '"';
  for (unsigned char byte : text) {
    if (byte < 0x20 || byte == '"' || byte == '\\') {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", byte);
      out += escape;
    } else {
      out += static_cast<char>(byte);
    }
  }
  out += '"';
}

void append_begin(std::string &out, toml::source_index line, const char *kind) {
  out += '[';
  out += std::to_string(line);
  out += ",\"";
  out += kind;
  out += "\",";
}

void append(std::string &out, const toml::node &node, toml::source_index line) {
  if (const auto *table = node.as_table()) {
    append_begin(out, line, "table");
    char separator = '{';
    for (const auto &[key, value] : *table) {
      out += separator;
      separator = ',';
      append_text(out, key.str());
      out += ':';
      append(out, value, key.source().begin.line);
    }
    out += separator == '{' ? "{}" : "}";
  } else if (const auto *array = node.as_array()) {
    append_begin(out, line, "array");
    char separator = '[';
    for (const auto &value : *array) {
      out += separator;
      separator = ',';
      append(out, value, value.source().begin.line);
    }
    out += separator == '[' ? "[]" : "]";
  } else if (const auto *text = node.as_string()) {
    append_begin(out, line, "text");
    append_text(out, text->get());
  } else if (const auto *number = node.as_integer()) {
    append_begin(out, line, "number");
    out += std::to_string(number->get());
  } else if (const auto *boolean = node.as_boolean()) {
    append_begin(out, line, "boolean");
    out += boolean->get() ? "true" : "false";
  } else {
    append_begin(out, line, "other");
    out += "null";
  }
  out += ']';
}

} // namespace

char *ctoml_read(const char *text, size_t length) {
  std::string out;
  const auto result = toml::parse(std::string_view(text, length));
  if (result) {
    append(out, result.table(), 1);
  } else {
    append_begin(out, result.error().source().begin.line, "mistake");
    append_text(out, result.error().description());
    out += ']';
  }
  return strdup(out.c_str());
}
