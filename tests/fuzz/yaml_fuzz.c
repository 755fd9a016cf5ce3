/* YAML of any bytes: JSON text that the JSON reader takes (but for a name that stands twice), or an error. */
#include "base/json.h"
#include "model/yaml.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    Buf buf;
    Json *json;
    buf_init(&buf, 1024 * 1024);
    if (yaml_to_json((Str){(const char *)bytes, len}, &buf) == OK) {
        Err err = json_parse(buf_view(&buf), &json);
        if (err == OK)
            json_free(json);
        else if (!strstr(fault_arg(fault_last(), "detail"), "duplicate") &&
                 !strstr(fault_arg(fault_last(), "detail"), "overflow") &&
                 !strstr(fault_arg(fault_last(), "detail"), "too big") &&
                 !strstr(fault_arg(fault_last(), "detail"), "\\u0000"))
            abort();
    }
    buf_done(&buf);
    return 0;
}
