#include "base/err.h"
#include <errno.h>
#include <stdarg.h>
#include <string.h>

static _Thread_local Fault last;

/* Copies at most size - 1 bytes, never cutting a UTF-8 character in two. */
static void copy_text(char *to, size_t size, const char *from)
{
    size_t len = strlen(from);
    if (len >= size) {
        len = size - 1;
        while (len > 0 && ((unsigned char)from[len] & 0xC0) == 0x80)
            len--;
    }
    memcpy(to, from, len);
    to[len] = '\0';
}

static void add_arg(const char *name, const char *text)
{
    if (last.count == FAULT_ARGS_MAX)
        return;
    copy_text(last.args[last.count].name, FAULT_NAME_MAX, name);
    copy_text(last.args[last.count].text, FAULT_TEXT_MAX, text ? text : "");
    last.count++;
}

Err fail(Err code, ...)
{
    va_list ap;
    /* The texts may point into the fault that is being replaced, so the new one is put together beside it. */
    const char *names[FAULT_ARGS_MAX];
    char texts[FAULT_ARGS_MAX][FAULT_TEXT_MAX];
    int count = 0;
    va_start(ap, code);
    for (const char *name = va_arg(ap, const char *); name; name = va_arg(ap, const char *)) {
        const char *text = va_arg(ap, const char *);
        if (count == FAULT_ARGS_MAX)
            break;
        names[count] = name;
        copy_text(texts[count++], FAULT_TEXT_MAX, text ? text : "");
    }
    va_end(ap);
    last.code = code;
    last.count = 0;
    for (int i = 0; i < count; i++)
        add_arg(names[i], texts[i]);
    return code;
}

Err fail_also(Err code, const char *name, const char *text)
{
    if (last.code == code && fault_arg(&last, name)[0] == '\0')
        add_arg(name, text);
    return code;
}

Err fail_write(const char *path, int error)
{
    if (error == ENOSPC || error == EDQUOT || error == EFBIG)
        return fail(ERR_DISK_FULL, "path", path, NULL);
    return fail(ERR_FILE_WRITE, "path", path, "detail", strerror(error), NULL);
}

const Fault *fault_last(void)
{
    return &last;
}

void fault_set(const Fault *fault)
{
    if (fault != &last)
        last = *fault;
}

const char *fault_arg(const Fault *fault, const char *name)
{
    for (int i = 0; i < fault->count; i++)
        if (strcmp(fault->args[i].name, name) == 0)
            return fault->args[i].text;
    return "";
}

const char *err_name(Err code)
{
    static const char *const names[ERR_COUNT] = {[OK] = "OK",
#define X(code, class) [code] = #code,
                                                 ERR_LIST(X)
#undef X
    };
    return code < ERR_COUNT ? names[code] : "ERR_INTERNAL";
}

FaultClass err_class(Err code)
{
    static const FaultClass classes[ERR_COUNT] = {[OK] = CLASS_OK,
#define X(code, class) [code] = class,
                                                  ERR_LIST(X)
#undef X
    };
    return code < ERR_COUNT ? classes[code] : CLASS_INTERNAL;
}
