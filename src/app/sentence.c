#include "app/sentence.h"
#include "app/phrases.h"
#include "model/model.h"
#include <string.h>

/* clang-format off */
static const char *const sentences[ERR_COUNT][LANG_COUNT] = {
    [ERR_USAGE] = {"命令写得不对：{detail}。[用法见 lianpu {command} --help。]",
                   "The command is not right: {detail}.[ See lianpu {command} --help.]"},
    [ERR_KIND_UNKNOWN] = {"没有“{kind}”这一类，可用的有：{known}。",
                          "There is no kind “{kind}”; the kinds are {known}."},
    [ERR_FIELD_UNKNOWN] = {"{kind}没有“{field}”这一项[，最接近的是 {hint}]。各类有哪些项，见 /api/model。",
                           "{kind} has no field “{field}”[ (did you mean {hint}?)]. All fields are listed at /api/model."},
    [ERR_FIELD_NOT_FILTERABLE] = {"{field}不能用来筛选或排序，请换一项；能筛选的在 /api/model 中标有 filterable。",
                                  "{field} cannot be filtered or sorted by; choose a field that /api/model marks filterable."},
    [ERR_FIELD_REQUIRED] = {"缺{field}，请填上[，例：{example}]。",
                            "{field} is missing; please give it[, e.g. {example}]."},
    [ERR_FIELD_DERIVED] = {"{field}是推算出来的，不能填，请去掉这一列。",
                           "{field} is computed and cannot be given; please leave this column out."},
    [ERR_VALUE] = {"{field}要填{want}，“{value}”不是[，例：{example}]。",
                   "{field} must be {want}; “{value}” is not[, e.g. {example}]."},
    [ERR_UNIT] = {"{field}的单位要用 {want}，“{value}”不是；请换算后再填，不带单位也可以。",
                  "{field} is in {want}; “{value}” is not. Convert it and try again, the unit may be left out."},
    [ERR_RANGE] = {"{field}的下限 {min} 大于上限 {max}，请改一个。",
                   "{field}: the lower end {min} is above the upper end {max}; please change one of them."},
    [ERR_ENCODING] = {"[第 {row} 行]文字不是 UTF-8：{detail}。请另存为 UTF-8 再试。",
                      "[Row {row}: ]The text is not UTF-8: {detail}. Save the file as UTF-8 and try again."},
    [ERR_CSV] = {"[第 {row} 行]读不成表格：{detail}[（{cells} 格，表头 {headings} 列）][：{field}]。"
                 "表格是逗号分隔的 CSV，第一行是表头，各行格数相同，例：id,name_zh。",
                 "[Row {row}: ]This is not a table: {detail}[ ({cells} cells, {headings} headings)][: {field}]. "
                 "A table is CSV with commas, its first row the headings, all rows as long, e.g. id,name_zh."},
    [ERR_WORKBOOK] = {"[工作表“{sheet}”][第 {row} 行]读不成工作簿：{detail}[（{part}）][（XML 第 {line} 行）]。",
                      "[Sheet “{sheet}”][, row {row}: ]This workbook cannot be read: {detail}[ ({part})][ (line {line} of its XML)]."},
    [ERR_GEOJSON] = {"[第 {row} 个要素]读不成 GeoJSON：{detail}[：{field}]。",
                     "[Feature {row}: ]This is not GeoJSON: {detail}[: {field}]."},
    [ERR_GEOMETRY] = {"图形不对：{detail}[，例：{example}]。",
                      "The geometry is not right: {detail}[, e.g. {example}]."},
    [ERR_JSON] = {"JSON 在第 {line} 行第 {column} 列出错：{detail}。",
                  "The JSON fails at line {line}, column {column}: {detail}."},
    [ERR_BRIEF] = {"选址条件写得不对：{detail}[，例：{example}]。",
                   "The brief is not right: {detail}[, e.g. {example}]."},
    [ERR_CONTRADICTION] = {"“{first}”与“{second}”不能同时成立，请改一个。",
                           "“{first}” and “{second}” cannot both hold; change one."},
    [ERR_PARAM] = {"参数 {param} 要填{want}，“{value}”不是[，例：{example}]。",
                   "Parameter {param} must be {want}; “{value}” is not[, e.g. {example}]."},
    [ERR_FILTER_JSON] = {"筛选条件（CQL2 JSON）在[ {pointer} ]处[“{near}”]看不懂，那里应是{want}[，例：{example}]。",
                         "The filter (CQL2 JSON) cannot be read[ at {pointer}][, near “{near}”]: expected {want}[, e.g. {example}]."},
    [ERR_FILTER_SYNTAX] = {"筛选条件在第 {at} 个字节处[“{near}”]看不懂，那里应是{want}[，例：{example}]。",
                           "The filter cannot be read at byte {at}[, near “{near}”]: expected {want}[, e.g. {example}]."},
    [ERR_FILTER_DEPTH] = {"筛选条件的括号套得太深，最多 {limit} 层，请拆开写。",
                          "The filter nests too deep; at most {limit} levels. Please write it flatter."},
    [ERR_FILTER_TYPE] = {"筛选条件里[（{pointer}）]{field}要同{want}比较[，“{value}”不是]。",
                         "In the filter[ (at {pointer})], {field} is compared with {want}[; “{value}” is not]."},
    [ERR_FILTER_OPERATOR] = {"筛选条件里[（{pointer}）]{field}不能用 {op}，请用 {want}。",
                             "In the filter[ (at {pointer})], {field} does not take {op}; use {want}."},
    [ERR_FILTER_COST] = {"这个筛选条件要算太久（约 {ms} 毫秒，至多 {limit} 毫秒），最费时的是{what}；{detail}。",
                         "This filter would take too long (about {ms} ms; at most {limit} ms), most of it for {what}; {detail}."},
    [ERR_TILE_RANGE] = {"没有 {z}/{x}/{y} 这张瓦片：级别 0 到 22，行列号 0 到 2 的级别次方减 1。",
                        "There is no tile {z}/{x}/{y}: zoom is 0 to 22, x and y are below 2 to the power of zoom."},
    [ERR_ROWS_REJECTED] = {"有 {rows} 行通不过检查，一行也没有导入。第一处：{first}",
                           "{rows} of the rows failed the checks; nothing was imported. The first: {first}"},
    [ERR_SOURCE_UNKNOWN] = {"没有编号为“{source}”的来源。请先导入来源，或改用已有的编号。",
                            "There is no source “{source}”. Import the source first, or use one that exists."},
    [ERR_YAML] = {"YAML 在第 {line} 行第 {column} 列出错：{detail}。",
                  "The YAML fails at line {line}, column {column}: {detail}."},
    [ERR_CHAIN] = {"产业链在“{at}”处不成立：{detail}[，例：{example}]。",
                   "The chain does not hold together at “{at}”: {detail}[, e.g. {example}]."},
    [ERR_LISTS] = {"代码表[ {list} ]第 {line} 行不成立：{detail}。",
                   "The code list[ {list}] does not hold at line {line}: {detail}."},
    [ERR_CONFIG_KEY] = {"{path} 第 {line} 行：没有“{key}”这一项[，最接近的是 {hint}]。各项见 docs/configuration.md。",
                        "{path}, line {line}: there is no key “{key}”[ (did you mean {hint}?)]. docs/configuration.md lists them."},
    [ERR_CONFIG_VALUE] = {"{path} 第 {line} 行：{key} 要填{want}[，“{value}”不是]。",
                          "{path}, line {line}: {key} must be {want}[; “{value}” is not]."},
    [ERR_ROUTE_UNKNOWN] = {"没有 {path} 这个地址。接口一览见 /api/model，地图在首页。",
                           "There is nothing at {path}. See /api/model for the data and / for the map."},
    [ERR_METHOD] = {"{path} 不接受 {method}，请用 {allowed}。",
                    "{path} does not take {method}; use {allowed}."},
    [ERR_BODY_TYPE] = {"请求内容的类型要是 {want}，请设好 Content-Type。",
                       "The body must be {want}; please set Content-Type."},
    [ERR_REQUEST] = {"这个请求不合规矩：{detail}。请换一个客户端或改正后再发。",
                     "The request is malformed: {detail}. Correct it and send it again."},
    [ERR_PARAM_UNKNOWN] = {"这个地址没有参数 {param}[，可用的有 {known}]，请去掉或改正。",
                           "This address takes no parameter {param}[; it takes {known}]. Leave it out or correct it."},
    [ERR_ID_UNKNOWN] = {"没有编号为“{id}”的{kind}，请核对编号。",
                        "There is no {kind} “{id}”; please check the id."},
    [ERR_NOT_FOUND] = {"没有找到 {what}。", "{what} was not found."},
    [ERR_BATCH_UNKNOWN] = {"没有第 {batch} 批，或者它已经撤回。", "There is no batch {batch}, or it was taken back already."},
    [ERR_BODY_SIZE] = {"请求内容太大，最多 {limit} 字节，请减少条件。",
                       "The body is too large; at most {limit} bytes. Please ask for less."},
    [ERR_LIMIT] = {"{what}超过上限 {limit}，请缩小范围。",
                   "{what} passes the limit of {limit}; please ask for less."},
    [ERR_BUSY] = {"现在查询的人多，请 {retry_s} 秒后再试。",
                  "Busy; please try again in {retry_s} s."},
    [ERR_NOT_READY] = {"{what}还在准备，请稍后再试。", "{what} is being prepared; please try again shortly."},
    [ERR_IDEMPOTENCY] = {"幂等键“{key}”已用在另一个请求上，请换一个。",
                         "The idempotency key “{key}” was used for another request; choose another."},
    [ERR_FILE_EXISTS] = {"{path} 已经存在，没有动它。请换一个名字，或先移走。",
                         "{path} exists already and was left alone. Choose another name, or move it away."},
    [ERR_CODE_USED] = {"代码表 {list} 的“{code}”有 {rows} 行在用，不能去掉：{ids}。请先改这些行，或在表中留下它。",
                       "“{code}” of the code list {list} cannot go: it is used in {rows} of the rows ({ids}). Change them first, or keep it in the list."},
    [ERR_FILE_OPEN] = {"打不开 {path}[：{detail}]。请核对路径和权限。",
                       "{path} cannot be opened[: {detail}]. Check the path and its permissions."},
    [ERR_FILE_READ] = {"读 {path} 时出错[：{detail}]。", "{path} cannot be read[: {detail}]."},
    [ERR_FILE_WRITE] = {"写不进 {path}[：{detail}]。请核对权限，原有内容没有变。",
                        "{path} cannot be written[: {detail}]. Check its permissions; what was there is unchanged."},
    [ERR_DISK_FULL] = {"磁盘满了，{path} 没有写成，原有内容没有变。请腾出空间再试。",
                       "The disk is full; {path} was not written and what was there is unchanged. Free some space and try again."},
    [ERR_DB_FOREIGN] = {"{path} 不是链谱的库。请核对路径，或用 lianpu init 新建一个。",
                        "{path} is not a Lianpu ledger. Check the path, or make one with lianpu init."},
    [ERR_DB_NEWER] = {"{path} 是新版本的库（{have}），本程序只认到 {know}。请升级程序。",
                      "{path} is of a newer version ({have}); this program knows {know}. Upgrade the program."},
    [ERR_DB_OLDER] = {"{path} 是旧版本的库（{have}），本程序用 {know}。请先运行 lianpu upgrade。",
                      "{path} is of an older version ({have}); this program uses {know}. Run lianpu upgrade first."},
    [ERR_DB_CORRUPT] = {"{path} 已损坏[：{detail}]。请用 lianpu restore 从备份恢复。",
                        "{path} is damaged[: {detail}]. Restore it from a backup with lianpu restore."},
    [ERR_DB_READONLY] = {"{path} 是只读的，写不进去。请核对权限。",
                         "{path} is read-only. Check its permissions."},
    [ERR_DB_LOCKED] = {"{path} 正被别的程序写，请稍后再试。",
                       "{path} is being written by another program; try again shortly."},
    [ERR_DB_CONNECT] = {"连不上数据库 {path}[：{detail}]。",
                        "The database {path} cannot be reached[: {detail}]."},
    [ERR_DB] = {"数据库出错[：{detail}]。", "The database failed[: {detail}]."},
    [ERR_COMMIT_UNKNOWN] = {"不能断定是否已写入[（键 {key}）]。请用同一个键再试一次，不会写两遍。",
                            "It cannot be told whether this was written[ (key {key})]. Try again with the same key; it is written once."},
    [ERR_SEGMENT] = {"图集文件 {path} 不可用[：{detail}]，会从库中重建。",
                     "The atlas file {path} is not usable[: {detail}]; it is built anew from the ledger."},
    [ERR_BUILD] = {"图集没有建成[：{detail}]，仍用原来的。",
                   "The atlas was not built[: {detail}]; the old one is still used."},
    [ERR_LISTEN] = {"不能在 {address} 上监听[：{detail}]。请换一个地址或端口[，例：--listen {example}]。",
                    "Cannot listen on {address}[: {detail}]. Choose another address or port[, e.g. --listen {example}]."},
    [ERR_INTERNAL] = {"程序内部出错[：{detail}]。请把请求编号告诉管理员。",
                      "An internal fault[: {detail}]. Please tell the administrator the request's number."},
};
/* clang-format on */

const char *sentence_template(Err code, Lang lang)
{
    return code > OK && code < ERR_COUNT ? sentences[code][lang] : NULL;
}

/* A field is told by its label and its name, a kind by its label: unless the fault is that there is none, or
 * the field is not public (a label must not tell what a view may not know). */
static const Field *field_told(const Fault *fault, const char *name)
{
    if (fault->code == ERR_FIELD_UNKNOWN || name[0] == '\0')
        return NULL;
    Kind only = KIND_COUNT;
    Str kind = str_of(fault_arg(fault, "kind"));
    for (int k = 0; k < KIND_COUNT; k++)
        if (str_is(kind, kind_info((Kind)k)->name))
            only = (Kind)k;
    for (int k = KIND_COUNT - 1; k >= 0; k--) {
        if (only != KIND_COUNT && (Kind)k != only)
            continue;
        int at = field_index((Kind)k, str_of(name));
        if (at >= 0 && kind_info((Kind)k)->fields[at].visibility == AUDIENCE_PUBLIC)
            return &kind_info((Kind)k)->fields[at];
    }
    return NULL;
}

static const char *kind_told(const char *name, Lang lang)
{
    for (int k = 0; k < KIND_COUNT; k++) {
        const KindInfo *info = kind_info((Kind)k);
        if (strcmp(name, info->name) == 0)
            return lang == LANG_ZH ? info->label.zh : info->label.en;
    }
    return name;
}

static void write_arg(Buf *buf, Lang lang, const Fault *fault, const char *hole)
{
    const char *text = fault_arg(fault, hole);
    if (strcmp(hole, "field") == 0) {
        const Field *field = field_told(fault, text);
        if (field) {
            buf_fmt(buf, lang == LANG_ZH ? "“%s”（%s）" : "%s (%s)",
                    lang == LANG_ZH ? field->label.zh : field->label.en, text);
            return;
        }
        buf_fmt(buf, fault->code == ERR_FIELD_UNKNOWN ? "%s" : "“%s”", text);
        return;
    }
    if (strcmp(hole, "kind") == 0 && fault->code != ERR_KIND_UNKNOWN) {
        buf_c(buf, kind_told(text, lang));
        return;
    }
    if (strcmp(hole, "want") == 0 || strcmp(hole, "detail") == 0 || strcmp(hole, "what") == 0) {
        phrase_write(buf, lang, text);
        return;
    }
    if (lang == LANG_ZH)
        phrase_space(buf, text);
    buf_c(buf, text);
}

enum { HOLE_MAX = FAULT_NAME_MAX, QUOTED_MAX = 80 };

/* at stands behind the {; returns the place behind the }. */
static const char *read_hole(const char *at, char hole[HOLE_MAX])
{
    size_t len = strcspn(at, "}");
    size_t kept = len < HOLE_MAX - 1 ? len : HOLE_MAX - 1;
    memcpy(hole, at, kept);
    hole[kept] = '\0';
    return at + len + (at[len] == '}');
}

/* Is an argument that stands between [ and ] empty? */
static bool part_is_empty(const char *at, const Fault *fault)
{
    char hole[HOLE_MAX];
    while (*at && *at != ']') {
        if (*at++ != '{')
            continue;
        at = read_hole(at, hole);
        if (fault_arg(fault, hole)[0] == '\0')
            return true;
    }
    return false;
}

static bool says_row(const char *sentence)
{
    return strstr(sentence, "{row}") || strstr(sentence, "{rows}");
}

/* A sentence is one line, and what it quotes must not move a terminal's cursor. */
static void no_controls(char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || *text == 0x7F)
            *text = ' ';
}

/* What somebody wrote is recognised by its beginning. */
static void shorten(char *text)
{
    static const char mark[] = "…";
    if (strlen(text) < QUOTED_MAX)
        return;
    size_t len = QUOTED_MAX - sizeof mark;
    while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
        len--;
    memcpy(text + len, mark, sizeof mark);
}

/* An outside library's words may run over several lines. */
static void one_line(char *text)
{
    size_t kept = 0;
    for (size_t i = 0; text[i]; i++) {
        bool space = (unsigned char)text[i] <= ' ';
        if (!space || (kept && text[kept - 1] != ' '))
            text[kept++] = space ? ' ' : text[i];
    }
    while (kept && strchr(" .?!", text[kept - 1])) /* the sentence has its own end */
        kept--;
    text[kept] = '\0';
}

void sentence_write(Buf *buf, Lang lang, const Fault *given)
{
    Fault lined = *given;
    const Fault *fault = &lined;
    for (int i = 0; i < lined.count; i++) {
        const char *name = lined.args[i].name;
        if (strcmp(name, "detail") == 0)
            one_line(lined.args[i].text);
        no_controls(lined.args[i].text);
        if (strcmp(name, "value") == 0 || strcmp(name, "id") == 0)
            shorten(lined.args[i].text);
    }
    const char *at = sentence_template(fault->code, lang);
    if (!at)
        at = sentences[ERR_INTERNAL][lang];
    const char *row = fault_arg(fault, "row");
    if (row[0] && !says_row(at))
        buf_fmt(buf, lang == LANG_ZH ? "第 %s 行：" : "Row %s: ", row);
    const char *feature = fault_arg(fault, "feature");
    if (feature[0])
        buf_fmt(buf, lang == LANG_ZH ? "第 %s 个要素：" : "Feature %s: ", feature);
    const char *project = fault_arg(fault, "project");
    if (project[0])
        buf_fmt(buf, lang == LANG_ZH ? "项目“%s”：" : "Project “%s”: ", project);
    char hole[HOLE_MAX];
    while (*at) {
        if (*at == '[' && part_is_empty(at + 1, fault)) {
            at += strcspn(at, "]");
            at += *at == ']';
        } else if (*at == '[' || *at == ']') {
            at++;
        } else if (*at == '{') {
            at = read_hole(at + 1, hole);
            write_arg(buf, lang, fault, hole);
            if (lang == LANG_ZH)
                phrase_space(buf, at);
        } else {
            buf_byte(buf, *at++);
        }
    }
}

Lang lang_of(Str text)
{
    /* The header lists what is liked best first in practice; q-values that contradict the order are not
     * honoured. */
    while (text.len) {
        Str one = str_trim(str_cut(&text, ','));
        if (str_starts(one, "zh"))
            return LANG_ZH;
        if (str_starts(one, "en"))
            return LANG_EN;
    }
    return LANG_ZH;
}

const char *lang_name(Lang lang)
{
    return lang == LANG_EN ? "en" : "zh";
}
