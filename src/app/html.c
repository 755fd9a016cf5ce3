#include "app/html.h"
#include <string.h>

void html_text(Buf *buf, Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        switch (text.ptr[i]) {
        case '&':
            buf_c(buf, "&amp;");
            break;
        case '<':
            buf_c(buf, "&lt;");
            break;
        case '>':
            buf_c(buf, "&gt;");
            break;
        case '"':
            buf_c(buf, "&quot;");
            break;
        case '\'':
            buf_c(buf, "&#39;");
            break;
        default:
            buf_byte(buf, text.ptr[i]);
        }
    }
}

void html_path(Buf *buf, Str text)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        bool plain =
            (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || strchr("-_.", c);
        if (plain && c) {
            buf_byte(buf, (char)c);
            continue;
        }
        buf_byte(buf, '%');
        buf_byte(buf, hex[c >> 4]);
        buf_byte(buf, hex[c & 15]);
    }
}
