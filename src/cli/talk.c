#include "cli/talk.h"
#include "base/date.h"
#include "store/store.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static Lang lang = LANG_ZH;
static bool progress_forced, progress_shown;
static int64_t progress_last_ns;

enum { SENTENCE_MAX_BYTES = 16 * 1024 };

const Label talk_exit_codes = {
    "退出码：0 成功；1 程序内部出错；2 输入有误或超过上限；3 没有这一项；4 与现状冲突；5 忙，稍后再试；6 "
    "文件、磁盘或数据库出错。",
    "Exit codes: 0 done; 1 a fault of ours; 2 wrong input, or a limit passed; 3 no such thing; 4 the state "
    "does not allow it; "
    "5 busy, try again; 6 file, disk or database.",
};

void talk_in(Lang to)
{
    lang = to;
}

Lang talk_lang(void)
{
    return lang;
}

Lang talk_lang_of_environment(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (int i = 0; i < 3; i++) {
        const char *set = getenv(names[i]);
        if (set && set[0])
            return lang_of(str_of(set));
    }
    return LANG_ZH;
}

const char *talk(Label label)
{
    return lang == LANG_EN ? label.en : label.zh;
}

const char *talk_address(const char *url)
{
    static char shown[2][512];
    static unsigned turn;
    char *to = shown[turn++ % 2];
    const char *host = strstr(url, "://");
    if (!store_is_postgres(url) || !host)
        return url;
    host += 3;
    size_t len = strcspn(host, "?");
    const char *at = memrchr(host, '@', strcspn(host, "/?"));
    const char *from = at ? at + 1 : host;
    snprintf(to, sizeof shown[0], "postgresql://%.*s", (int)(len - (size_t)(from - host)), from);
    return to;
}

void talk_fault(const Fault *fault)
{
    Buf sentence;
    buf_init(&sentence, SENTENCE_MAX_BYTES);
    sentence_write(&sentence, lang, fault);
    fprintf(stderr, "lianpu: " STR_FMT "\n", STR_ARG(buf_view(&sentence)));
    buf_done(&sentence);
}

int talk_exit_code(Err err)
{
    switch (err_class(err)) {
    case CLASS_OK:
        return 0;
    case CLASS_INPUT:
    case CLASS_TOO_LARGE:
        return 2;
    case CLASS_NOT_FOUND:
        return 3;
    case CLASS_CONFLICT:
        return 4;
    case CLASS_BUSY:
        return 5;
    case CLASS_STORAGE:
        return 6;
    case CLASS_INTERNAL:
        break;
    }
    return 1;
}

void talk_progress_wanted(bool even_without_terminal)
{
    progress_forced = even_without_terminal;
}

void talk_progress(int64_t done, int64_t total, int64_t rows)
{
    bool terminal = isatty(STDERR_FILENO);
    int64_t now = clock_now_ns();
    int64_t pause = terminal ? 100 * 1000 * 1000 : 1000 * 1000 * 1000;
    if ((!terminal && !progress_forced) || now - progress_last_ns < pause)
        return;
    progress_last_ns = now;
    progress_shown = terminal;
    fputs(terminal ? "\r" : "", stderr);
    if (total > 0)
        fprintf(stderr, "%3lld %%", (long long)(done < total ? done * 100 / total : 100));
    if (rows >= 0)
        fprintf(stderr, lang == LANG_EN ? "  %lld rows" : "  %lld 行", (long long)rows);
    fputs(terminal ? "\033[K" : "\n", stderr);
}

void talk_progress_end(void)
{
    if (progress_shown)
        fputs("\r\033[K", stderr);
    progress_shown = false;
}
