#include "model/yaml_walk.h"
#include <stdio.h>
#include <string.h>

Err yaml_fail(Err code, const struct fy_token *token, const char *detail)
{
    const struct fy_mark *mark = token ? fy_token_start_mark((struct fy_token *)(uintptr_t)token) : NULL;
    return yaml_fail_at(code, mark ? mark->line + 1 : 1, mark ? mark->column + 1 : 1, detail);
}

Err yaml_fail_at(Err code, int line, int column, const char *detail)
{
    char text[FAULT_TEXT_MAX];
    if (code != ERR_BRIEF)
        return fail(code, "line", num_c(line), "column", num_c(column), "detail", detail, NULL);
    snprintf(text, sizeof text, "%s (line %d, column %d)", detail, line, column);
    return fail(ERR_BRIEF, "detail", text, "example", "where: [{field: area_m2, min: 30000}]", NULL);
}

/* The library's words in ours, by what they speak of. */
static const char *said_of(const char *message)
{
    static const char *const words[][2] = {
        {"tab", "a tab stands where spaces must"},
        {"indent", "the lines are not indented alike"},
        {"indend", "the lines are not indented alike"},
        {"quote", "a quotation mark is not closed"},
        {"bracket", "a bracket is not closed"},
        {"':'", "a colon and a space are missing behind a name"},
        {"multiline", "a colon and a space are missing behind a name"},
    };
    for (size_t i = 0; message && i < sizeof words / sizeof *words; i++)
        if (strstr(message, words[i][0]))
            return words[i][1];
    return "it cannot be read";
}

static Err fail_syntax(Err code, struct fy_diag *diag)
{
    void *at = NULL;
    const struct fy_diag_error *error = fy_diag_errors_iterate(diag, &at);
    return yaml_fail_at(code, error ? error->line : 1, error ? error->column : 1,
                        said_of(error ? error->msg : NULL));
}

static Err walk(struct fy_parser *parser, struct fy_diag *diag, Err code, YamlVisit *visit, void *user)
{
    struct fy_event *event;
    while ((event = fy_parser_parse(parser)) != NULL) {
        Err err = visit(event, user);
        fy_parser_event_free(parser, event);
        TRY(err);
    }
    return fy_parser_get_stream_error(parser) ? fail_syntax(code, diag) : OK;
}

/* Characters YAML allows (5.1). The library is not given others: on bytes that are no UTF-8 it can loop for
 * ever. */
static Err check_characters(Err code, Str text)
{
    int line = 1;
    if (!str_utf8_valid(text))
        return fail(ERR_ENCODING, "detail", "bytes that are no UTF-8 (GBK?)", NULL);
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        line += c == '\n';
        if (c != 0x7F && (c >= 0x20 || c == '\n' || c == '\r' || c == '\t'))
            continue;
        if (code == ERR_BRIEF)
            return fail(ERR_BRIEF, "detail", "it holds a control character", "example", "kind: parcel", NULL);
        return yaml_fail_at(code, line, 1, "it holds a control character");
    }
    return OK;
}

Err yaml_walk(Str text, size_t bytes_max, Err code, YamlVisit *visit, void *user)
{
    if (text.len > bytes_max)
        return fail(ERR_LIMIT, "what", "YAML", "limit", num_c((int64_t)bytes_max), NULL);
    TRY(check_characters(code, text));
    struct fy_diag_cfg quiet;
    fy_diag_cfg_default(&quiet);
    quiet.fp = NULL;
    quiet.colorize = false;
    struct fy_diag *diag = fy_diag_create(&quiet);
    fy_diag_set_collect_errors(diag, true);
    struct fy_parse_cfg cfg = {.flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG, .diag = diag};
    struct fy_parser *parser = fy_parser_create(&cfg);
    Err err = parser && fy_parser_set_string(parser, text.ptr, text.len) == 0
                  ? walk(parser, diag, code, visit, user)
                  : fail(ERR_INTERNAL, "detail", "YAML", NULL);
    if (parser)
        fy_parser_destroy(parser);
    fy_diag_destroy(diag);
    return err;
}
