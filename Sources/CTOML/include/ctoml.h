#pragma once
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Reads TOML. Answers JSON that is to be freed: a value is [LINE, KIND, VALUE], and a mistake [LINE, "mistake", MESSAGE].
/// KIND is "table" (an object), "array", "text", "number", "boolean", or "other" (null). NULL where there is no memory.
char *ctoml_read(const char *text, size_t length);

#ifdef __cplusplus
}
#endif
