#include "app/phrases.h"
#include <string.h>

/* A * takes any text, which the Chinese has in place of its own *, in the same order. */
/* clang-format off */
static const struct {
    const char *en, *zh;
} phrases[] = {
    /* what a value should be */
    {"a number", "数字"},
    {"a whole number", "整数"},
    {"a whole number from * to *", "* 到 * 的整数"},
    {"a number from * to *", "* 到 * 的数字"},
    /* projects to allocate */
    {"projects", "项目数"},
    {"a list of projects is wanted", "这里要一列项目"},
    {"a project is a mapping of name, priority and brief", "一个项目要写 name、priority 和 brief"},
    {"a project needs a name of 1 to * bytes", "项目要有 1 到 * 字节的名称（name）"},
    {"a project needs a brief, which is a mapping", "项目要有选址条件（brief）"},
    {"a priority is a whole number from 1 to *", "优先级（priority）是 1 到 * 的整数"},
    {"two projects are called *", "有两个项目都叫“*”"},
    {"an allocation gives each project one plot, no set", "每个项目分配一块地，不拼地"},
    {"an allocation is of parcels", "只能分配地块（parcel）"},
    {"a number (*), up to * digits behind the point", "数字（*），小数至多 * 位"},
    {"a number, up to * digits behind the point", "数字，小数至多 * 位"},
    {"a whole number (*)", "整数（*）"},
    {"a whole number in *, without its unit", "以 * 计的整数，不带单位"},
    {"a number in *, without its unit", "以 * 计的数字，不带单位"},
    {"a number without a unit", "不带单位的数字"},
    {"a number with fewer decimals", "小数位少一些的数字"},
    {"a smaller number", "小一些的数字"},
    {"a number of degrees", "度数"},
    {"degrees from * to *", "* 到 * 度"},
    {"yes or no", "是或否"},
    {"true or false", "true 或 false"},
    {"TRUE or FALSE", "TRUE 或 FALSE"},
    {"a date", "日期"},
    {"a date in quotes", "带引号的日期"},
    {"a date such as '2023-06-30', '2023-06' or '2023'", "日期，如 '2023-06-30'、'2023-06' 或 '2023'"},
    {"a date in quotes: \"2023-06-30\", \"2023-06\" or \"2023\"", "带引号的日期，如 \"2023-06-30\"、\"2023-06\" 或 \"2023\""},
    {"text", "文字"},
    {"a shorter text", "短一些的文字"},
    {"text without control characters", "不含控制字符的文字"},
    {"a text in quotes", "带引号的文字"},
    {"a text in single quotes", "单引号中的文字"},
    {"CQL2 text in quotes", "带引号的 CQL2 文本"},
    {"UTF-8", "UTF-8 文字"},
    {"UTF-8 text", "UTF-8 文字"},
    {"one value", "单个值"},
    {"a list", "列表"},
    {"a shorter list", "短一些的列表"},
    {"a list with at least one value", "至少有一个值的列表"},
    {"one of *", "* 之一"},
    {"a range", "区间"},
    {"an id: letters, digits and - _ . :, at most * bytes", "编号（字母、数字和 - _ . :，至多 * 字节）"},
    {"an id that row * does not have", "第 * 行没有用过的编号"},
    {"key", "编号"},
    {"a field that is a number or a date", "数字项或日期项"},
    {"a text of 1 to 100 characters", "1 到 100 字的文字"},
    {"given once", "只给一次的值"},
    {"named once", "只写一次的名称"},
    {"west,south,east,north in degrees", "“西,南,东,北”，单位度"},
    /* what a filter should go on with */
    {"a field, a value, an operator or a bracket", "项名、值、运算符或括号"},
    {"a field, NOT, S_INTERSECTS or (", "项名、NOT、S_INTERSECTS 或 ("},
    {"AND, OR or )", "AND、OR 或 )"},
    {"AND, OR or the end", "AND、OR 或结尾"},
    {", or )", ", 或 )"},
    {"NULL or NOT NULL", "NULL 或 NOT NULL"},
    {"IN, BETWEEN or LIKE", "IN、BETWEEN 或 LIKE"},
    {"= <> < <= > >= IN BETWEEN LIKE or IS", "= <> < <= > >= IN BETWEEN LIKE 或 IS"},
    {"= <> < <= > >= IN BETWEEN", "= <> < <= > >= IN BETWEEN"},
    {"= <> IN LIKE, or the field without CASEI", "= <> IN LIKE，或不加 CASEI"},
    {"it as it is", "这一项本身"},
    {"a field", "项名"},
    {"geometry", "geometry"},
    {"a pattern in quotes, such as '%a_'", "引号中的样式，如 '%a_'"},
    {"a pattern; a \\ stands before a character, \\\\ for itself", "样式（\\ 后面要有一个字，\\\\ 表示它自己）"},
    {"its many conditions", "条件太多"},
    {"LIKE", "LIKE"},
    {"CASEI", "CASEI"},
    {"polygons", "多边形"},
    {"use fewer conditions or shorter IN lists", "请少用几个条件，或把 IN 写短一些"},
    {"let the pattern begin with a character, not with %, or use fewer LIKE", "请让样式以字开头而不是以 % 开头，或少用几个 LIKE"},
    {"leave CASEI away, or use it less often", "请去掉 CASEI，或少用几次"},
    {"draw fewer or simpler polygons, or a smaller area", "请少画几个多边形，或画得简单些、小些"},
    {"cql2-text or cql2-json", "cql2-text 或 cql2-json"},
    {"CQL2 text in quotes, or CQL2 JSON", "带引号的 CQL2 文本，或 CQL2 JSON"},
    {"a field: {\"property\": \"…\"}", "项名，如 {\"property\": \"…\"}"},
    {"{\"property\": \"geometry\"}", "{\"property\": \"geometry\"}"},
    {"a field or a text", "项名或文字"},
    {"one argument", "一个参数"},
    {"two arguments", "两个参数"},
    {"three arguments", "三个参数"},
    {"a number, a text, true, false or {\"date\": \"2023-06\"}", "数字、文字、true、false 或 {\"date\": \"2023-06\"}"},
    {"west, south, east, north", "“西, 南, 东, 北”"},
    {"{\"bbox\": …}, or a Point, Polygon or MultiPolygon of GeoJSON", "{\"bbox\": …}，或 GeoJSON 的 Point、Polygon、MultiPolygon"},
    {"two dates, or \"..\" for an open end", "两个日期，不限的一端写 \"..\""},
    {"an operator such as and, =, in, like, isNull, s_intersects, t_before", "运算符，如 and、=、in、like、isNull、s_intersects、t_before"},
    {"a condition: {\"op\": …, \"args\": […]}", "一个条件，如 {\"op\": …, \"args\": […]}"},
    {"'' for a quote within a text", "用 '' 表示文字中的单引号"},
    {"POINT, POLYGON, MULTIPOLYGON or BBOX", "POINT、POLYGON、MULTIPOLYGON 或 BBOX"},
    {"the box has no area", "这个矩形没有面积"},
    {"a date such as DATE('2023-06-30'): times of day are not kept", "日期，如 DATE('2023-06-30')（不记时刻）"},
    {"a field, DATE('2023-06') or INTERVAL('2023-01', '..')", "项名、DATE('2023-06') 或 INTERVAL('2023-01', '..')"},
    {"CASEI, or a function S_INTERSECTS, S_WITHIN … or T_BEFORE, T_DURING …", "CASEI，或函数 S_INTERSECTS、S_WITHIN …、T_BEFORE、T_DURING …"},
    {"a field on one side, and dates on the other", "一边是项名，另一边是日期"},
    {"an interval between two fields, or between a field and '..'", "两项之间或一项与 '..' 之间的时段"},
    {"INTERVAL('2023-01', '2023-12'), or T_INTERSECTS", "INTERVAL('2023-01', '2023-12')，或改用 T_INTERSECTS"},
    {"INTERVAL(field, field), or T_INTERSECTS or T_DURING", "INTERVAL(项, 项)，或改用 T_INTERSECTS、T_DURING"},
    {"= <> IN: its values have no order", "= <> IN（这一项的值没有大小之分）"},
    {"a closing *", "收尾的 *"},
    {"west, south, east, north with west <= east and south <= north", "“西, 南, 东, 北”，西不大于东，南不大于北"},
    /* code lists */
    {"there is no such list", "没有这个表"},
    {"this list cannot change: the program works with its codes", "这个表不能改，程序要用其中的代码"},
    {"a list of codes belongs here, with at least one", "这里要写代码的列表，至少一个"},
    {"the names of lists belong here, each with its codes", "这里要写各表的名称，下面是它的代码"},
    {"a code is up to 40 of a–z, A–Z, 0–9, _ and -", "代码由 a–z、A–Z、0–9、_ 和 - 组成，至多 40 个"},
    {"a code has code, zh, en and offer, not *", "一个代码只有 code、zh、en、offer，没有“*”"},
    {"* is a text", "“*”要是文字"},
    {"of this list only labels and order can change; * is none of its codes", "这个表只能改名称和顺序，“*”不是它的代码"},
    {"* has no label in Chinese", "“*”没有中文名称"},
    {"* has no label in English", "“*”没有英文名称"},
    {"the label of * is empty, too long, or has a ; in it", "“*”的名称是空的、太长，或含有分号"},
    {"the code * stands twice", "代码“*”出现两次"},
    {"the label * stands twice", "名称“*”出现两次"},
    {"offer is open, promised or closed", "offer 是 open、promised 或 closed"},
    {"a code of this list has no offer", "这个表的代码没有 offer"},
    {"* needs an offer: open, promised or closed", "“*”要写 offer：open、promised 或 closed"},
    {"the program itself needs *: it cannot be left out", "程序要用“*”，不能去掉"},
    {"codes of a list", "一个表的代码"},
    {"code lists", "代码表"},
    /* briefs */
    {"\"assemble\" needs one condition on area_m2 with \"min\"", "“assemble”（拼合）要与一个带下限（min）的 area_m2 条件同用"},
    {"a brief is a JSON object", "选址条件是一个 JSON 对象"},
    {"each entry is an object with a \"field\"", "每一条都是带 \"field\" 的对象"},
    {"unknown member: *", "没有“*”这个成员"},
    {"neither \"min\" nor \"max\" nor \"in\": *", "“*”既没有 \"min\" 和 \"max\"，也没有 \"in\""},
    {"polygon", "多边形"},
    {"\"kind\" under \"near\" is \"facility\"", "\"near\" 里的 \"kind\" 是 \"facility\""},
    {"\"near\" is an object with \"kind\" and \"type\", \"segment\" or \"enterprise\"",
     "\"near\" 是一个对象，写 \"kind\" 与 \"type\"，或 \"segment\"，或 \"enterprise\""},
    {"a place is a GeoJSON Polygon or MultiPolygon", "范围是 GeoJSON 的 Polygon 或 MultiPolygon"},
    {"a point stands behind a field that names one thing: *", "点号只能写在指向一个对象的字段之后：*"},
    {"twice in \"weigh\": *", "“*”在 \"weigh\" 中出现两次"},
    {"\"better\": \"more\" or \"less\"", " \"better\"：\"more\" 或 \"less\""},
    {"\"in\" instead of \"min\" and \"max\"", " \"in\"，而不是 \"min\" 和 \"max\""},
    {"\"in\" together with \"min\" or \"max\": *", "“*”同时有 \"in\" 和 \"min\" 或 \"max\""},
    {"\"min\" and \"max\" instead of \"in\"", " \"min\" 和 \"max\"，而不是 \"in\""},
    {"\"weight\": a whole number from 0 to 100", " \"weight\"：0 到 100 的整数"},
    /* JSON */
    {"duplicate object key near *", "有重复的名称，在 * 附近"},
    {"too big integer near *", "整数太大，在 * 附近"},
    {"too big negative integer near *", "负整数太小，在 * 附近"},
    {"real number overflow near *", "数字太大，在 * 附近"},
    {"* expected near end of file", "到结尾仍缺 *"},
    {"unexpected token near end of file", "内容没有写完"},
    {"string or '}' expected near *", "应有文字或 '}'，在 * 附近"},
    {"'[' or '{' expected near *", "应有 '[' 或 '{'，在 * 附近"},
    {"end of file expected near *", "结尾后面还有文字，在 * 附近"},
    {"* expected near *", "应有 *，在 * 附近"},
    {"invalid token near *", "看不懂，在 * 附近"},
    {"unexpected token near *", "看不懂，在 * 附近"},
    {"invalid escape near *", "转义写得不对，在 * 附近"},
    {"invalid Unicode * near *", "有半个字符 *，在 * 附近"},
    {"\\u0000 is not allowed without JSON_ALLOW_NUL near *", "不能有 \\u0000，在 * 附近"},
    {"NUL byte in object key not supported near *", "名称中不能有 \\u0000，在 * 附近"},
    {"control character * near *", "有控制字符 *，在 * 附近"},
    {"unable to decode byte * near *", "字节 * 不是 UTF-8，在 * 附近"},
    {"unable to decode byte *", "字节 * 不是 UTF-8"},
    {"premature end of input near *", "内容没有写完，在 * 附近"},
    /* briefs in YAML */
    {"a tab stands where spaces must (line *, column *)", "缩进要用空格，不能用制表符（第 * 行第 * 列）"},
    {"the lines are not indented alike (line *, column *)", "各行的缩进不一致（第 * 行第 * 列）"},
    {"a quotation mark is not closed (line *, column *)", "引号没有收尾（第 * 行第 * 列）"},
    {"a bracket is not closed (line *, column *)", "括号没有收尾（第 * 行第 * 列）"},
    {"a colon and a space are missing behind a name (line *, column *)", "名称后面缺冒号和空格（第 * 行第 * 列）"},
    {"it holds a control character", "其中有控制字符"},
    {"a name must be a text (line *, column *)", "名称要是文字（第 * 行第 * 列）"},
    {"aliases are not read (line *, column *)", "不能用别名（第 * 行第 * 列）"},
    {"tags and anchors are not read (line *, column *)", "不能用标签和锚点（第 * 行第 * 列）"},
    {"it is empty (line *, column *)", "它是空的（第 * 行第 * 列）"},
    {"it is not UTF-8 (line *, column *)", "它不是 UTF-8（第 * 行第 * 列）"},
    {"there is more than one document (line *, column *)", "不止一个文档（第 * 行第 * 列）"},
    {"it cannot be read (line *, column *)", "读不懂（第 * 行第 * 列）"},
    {"* (line *, column *)", "*（第 * 行第 * 列）"},
    /* tables */
    {"the file is empty", "文件是空的"},
    {"a column has no heading", "有一列没有表头"},
    {"two columns fill the same field", "有两列填的是同一项"},
    {"two properties fill the same field", "有两个属性填的是同一项"},
    {"the row has fewer cells than headings", "格子比表头少"},
    {"the row has more cells than headings", "格子比表头多"},
    {"a quotation mark is not closed", "引号没有收尾"},
    {"cells are not separated by commas", "各格不是用逗号分隔的"},
    {"text stands behind a closing quotation mark", "收尾的引号后面还有文字"},
    {"a quotation mark stands inside a cell that does not begin with one", "格子中间有引号，开头却没有"},
    {"a carriage return stands without a line feed", "有回车而没有换行"},
    {"it is UTF-16", "它是 UTF-16"},
    {"it holds zero bytes (a workbook, or UTF-16)", "其中有零字节（可能是工作簿或 UTF-16）"},
    {"bytes that are no UTF-8 (GBK?)", "有不是 UTF-8 的字节（可能是 GBK）"},
    /* GeoJSON and geometry */
    {"the file ends too early", "文件没有写完"},
    {"a bracket, a comma or a colon is missing", "少了括号、逗号或冒号"},
    {"it nests too deep", "嵌套太深"},
    {"it is no JSON object", "它不是 JSON 对象"},
    {"its type is neither FeatureCollection nor Feature", "type 既不是 FeatureCollection 也不是 Feature"},
    {"its type is not Feature", "type 不是 Feature"},
    {"its coordinates are not WGS84 longitude and latitude", "坐标不是 WGS84 经纬度"},
    {"it has no features", "没有 features"},
    {"text stands behind its end", "结尾后面还有文字"},
    {"a text has half a character (surrogate)", "文字中有半个字符"},
    {"a property is an object or a list of lists", "有属性是对象或列表的列表"},
    {"an item of a list contains a semicolon", "列表的一项中有分号"},
    {"its properties are no object", "properties 不是对象"},
    {"a member stands twice", "有成员出现两次"},
    {"its two ids differ", "它的两个编号不一样"},
    {"this kind has no place on the map", "这一类没有位置"},
    {"a point is expected", "应是点"},
    {"a polygon is expected", "应是面"},
    {"a ring has fewer than 4 points", "有一圈不到 4 个点"},
    {"a ring is open: its last point is not its first", "有一圈没有闭合：末点不是首点"},
    {"a polygon has no ring", "面没有边界"},
    {"the geometry is empty", "图形是空的"},
    {"longitude * is not within -180 and 180; degrees are read, not metres", "经度 * 不在 -180 到 180 之间；坐标的单位是度，不是米"},
    {"latitude * is not within -90 and 90; longitude goes first", "纬度 * 不在 -90 到 90 之间；先写经度，后写纬度"},
    {"its outline crosses or touches itself at *", "边界在 * 处自交或自触"},
    {"a ring has fewer than 3 different points at *", "有一圈不到 3 个不同的点，在 * 处"},
    {"a hole lies outside its outline at *", "洞在边界之外，在 * 处"},
    {"a hole lies within another at *", "洞中有洞，在 * 处"},
    {"one part lies within another at *", "一个部分在另一个之内，在 * 处"},
    {"a ring stands twice at *", "有一圈出现两次，在 * 处"},
    {"its holes cut it in two at *", "洞把它切成了两块，在 * 处"},
    {"it is not valid at *", "图形不成立，在 * 处"},
    {"it is not valid", "图形不成立"},
    {"a space and a number expected at byte *", "第 * 个字节处应是空格和数字"},
    {"a geometry with type and coordinates expected at byte *", "第 * 个字节处应是带 type 和 coordinates 的图形"},
    {"] (two coordinates are read) expected at byte *", "第 * 个字节处应已结束：一个点只写经度、纬度，不写高程"},
    {"POINT, POLYGON or MULTIPOLYGON expected at byte *", "第 * 个字节处应是 POINT、POLYGON 或 MULTIPOLYGON"},
    {"the type is not Point, Polygon or MultiPolygon", "type 不是 Point、Polygon 或 MultiPolygon"},
    {"a number expected at byte *", "第 * 个字节处应是数字"},
    {"the end expected at byte *", "第 * 个字节处应已结束"},
    {"* expected at byte *", "应有 *，在第 * 个字节处"},
    {"the bytes end too early", "字节没有写完"},
    {"a coordinate is not a number within range", "有坐标不是范围内的数"},
    {"the byte order is neither 0 nor 1", "字节序既不是 0 也不是 1"},
    {"a part of a multipolygon is no polygon of two coordinates", "多面的一部分不是二维的面"},
    {"the SRID is not 4326", "SRID 不是 4326"},
    {"the type is not point, polygon or multipolygon of two coordinates", "类型不是二维的点、面或多面"},
    {"bytes are left over behind the geometry", "图形后面还有多余的字节"},
    /* chains */
    {"two segments have this id", "有两个环节用了这个编号"},
    {"it is needed twice by the same segment", "同一环节两次需要它"},
    {"* is no segment of this chain", "“*”不是这条链的环节"},
    {"a segment cannot need itself", "环节不能需要自己"},
    {"it goes back to an earlier stage and is no return flow", "它流回前面的位置，却没有标为回流"},
    {"it needs itself in a circle without a return flow", "它经一圈供需又需要自己，这一圈里没有回流"},
    {"no flow begins or ends here", "没有供需关系从这里出发或到达这里"},
    {"it needs nothing, but is no input, equipment or service", "它什么也不需要，却不是原料、设备或服务"},
    {"it supplies nothing, but is no product and no recycling with a return flow",
     "它什么也不供给，却既不是产品，也不是有回流的回收利用"},
    {"a flow that is one of several needs the name of its group", "任一即可的供需关系要写明替代组"},
    {"the group * has one member only", "替代组 * 只有一个成员"},
    {"the members of the group * have different weights", "替代组 * 的成员权重不同"},
    {"some of its needs have a weight and some have none", "它的需要有的有权重，有的没有"},
    {"the weights of its needs are * together, not 100", "它各项需要的权重合计 *，不是 100"},
    {"unknown name: *", "没有“*”这个名称"},
    {"* stands twice", "“*”写了两次"},
    {"the file of a chain is a mapping with chain and segments", "产业链文件由 chain 和 segments 两部分组成"},
    {"a mapping of names and values", "名称与值的对照"},
    {"classes of four digits", "四位的小类代码"},
    {"a list of texts without semicolons", "不含分号的文字列表"},
    {"names of a YAML mapping", "YAML 一组名称的个数"},
    {"small letters, digits and _", "小写字母、数字和 _"},
    {"chains", "产业链的条数"},
    {"segments of a chain", "一条链的环节数"},
    {"flows of a chain", "一条链的供需关系数"},
    {"a name must be a text", "名称要是文字"},
    {"aliases are not read", "不能用别名"},
    {"tags and anchors are not read", "不能用标签和锚点"},
    {"a tab stands where spaces must", "缩进要用空格，不能用制表符"},
    {"the lines are not indented alike", "各行的缩进不一致"},
    {"a bracket is not closed", "括号没有收尾"},
    {"a colon and a space are missing behind a name", "名称后面缺冒号和空格"},
    {"it is empty", "它是空的"},
    {"there is more than one document", "不止一个文档"},
    {"it cannot be read", "读不懂"},
    /* requests */
    {"the address is too long", "地址太长"},
    {"the address does not begin with /", "地址不以 / 开头"},
    {"the address holds a character that must be percent-encoded", "地址中有必须用百分号编码的字符"},
    {"a percent sign in the address is not followed by two hexadecimal digits", "地址中百分号后面不是两位十六进制数"},
    {"the address holds a NUL", "地址中有 NUL"},
    {"the address is not UTF-8", "地址不是 UTF-8"},
    {"there are too many headers", "标头太多"},
    {"there are too many parameters", "参数太多"},
    {"a header's name is not a token", "标头名写得不对"},
    {"a header is too long", "标头太长"},
    {"a header holds a control character", "标头中有控制字符"},
    {"there is more than one Host", "Host 不止一个"},
    {"there is no Host", "没有 Host"},
    {"the Host is not a host", "Host 不是主机名"},
    {"the Host is empty", "Host 是空的"},
    {"there is more than one Content-Length", "Content-Length 不止一个"},
    {"there is more than one Transfer-Encoding", "Transfer-Encoding 不止一个"},
    {"there is both a Content-Length and a Transfer-Encoding", "Content-Length 和 Transfer-Encoding 同时出现"},
    {"the Transfer-Encoding is not chunked", "Transfer-Encoding 不是 chunked"},
    {"the Content-Length is not a number", "Content-Length 不是数字"},
    {"the version is neither HTTP/1.1 nor HTTP/1.0", "版本既不是 HTTP/1.1 也不是 HTTP/1.0"},
    {"the method is not a token", "方法写得不对"},
    {"only a POST may have a body", "只有 POST 可以带内容"},
    /* commands */
    {"--listen takes ADDRESS:PORT, e.g. 127.0.0.1:8787", "--listen 要写成 地址:端口，例：127.0.0.1:8787"},
    {"one range within the file", "文件之内的一段"},
    {"this file is read in parts: send a Range header", "这个文件要分段读，请带 Range 头"},
    /* a base map of the deployment's own */
    {"--basemap and --basemap-url are one or the other", "--basemap 和 --basemap-url 只能给一个"},
    {"--basemap-datum and --basemap-credit are of a base map: give --basemap or --basemap-url", "--basemap-datum 和 --basemap-credit 说的是底图，请给出 --basemap 或 --basemap-url"},
    {"--basemap-datum is missing: say in which datum the base map is, wgs84 or cgcs2000", "缺少 --basemap-datum：请写明底图的坐标系，wgs84 或 cgcs2000"},
    {"--basemap-datum is wgs84 or cgcs2000", "--basemap-datum 是 wgs84 或 cgcs2000"},
    {"a base map in gcj02 lies 300 to 600 m beside the plots, which are in WGS84: each would be shown on other land; take one in wgs84 or cgcs2000", "gcj02 底图与 WGS84 的地块错开 300 到 600 米，每块地都会画到别的地上；请换 wgs84 或 cgcs2000 的底图"},
    {"--basemap-credit is missing: say whose base map it is, and its approval number if it has one", "缺少 --basemap-credit：请写明底图的出处，有审图号的一并写上"},
    {"--basemap-credit is not UTF-8", "--basemap-credit 不是 UTF-8 文字"},
    {"--basemap-url begins with https:// or http://", "--basemap-url 要以 https:// 或 http:// 开头"},
    {"--basemap-url names one host, without braces or a user: https://t0.tianditu.gov.cn/…", "--basemap-url 要写明一台主机，不带花括号和用户名，如 https://t0.tianditu.gov.cn/…"},
    {"--basemap-url has {key}, but $LIANPU_BASEMAP_KEY does not hold one of letters and digits", "--basemap-url 有 {key}，而 $LIANPU_BASEMAP_KEY 不是由字母和数字组成的密钥"},
    {"--basemap-url knows {z}, {x}, {y} and {key} only", "--basemap-url 只认 {z}、{x}、{y} 和 {key}"},
    {"--basemap-url has a character that no address has: write it as %XX", "--basemap-url 有地址里不能有的字符，请写成 %XX"},
    {"--basemap-url has { without }", "--basemap-url 的 { 没有收尾的 }"},
    {"--basemap-url needs {z}, {x} and {y}: the tile's zoom, column and row", "--basemap-url 要有 {z}、{x}、{y}：瓦片的级别、列、行"},
    {"--basemap-url has at most 4 addresses", "--basemap-url 最多 4 个地址"},
    {"--basemap-url is too long", "--basemap-url 太长"},
    {"--basemap-url is empty", "--basemap-url 是空的"},
    {"it is no file", "它不是文件"},
    {"it is no PMTiles file", "它不是 PMTiles 文件"},
    {"it is PMTiles of another version than 3: convert it with `pmtiles convert`", "它不是第 3 版 PMTiles，请用 pmtiles convert 转换"},
    {"it is shorter than its head says: copy it anew", "它比文件头说的短，请重新复制"},
    {"it is packed with brotli or zstd, which browsers do not unpack: gzip or none is wanted", "它用 brotli 或 zstd 压缩，浏览器解不开，要 gzip 或不压缩的"},
    {"its tiles are neither vector tiles nor pictures", "它的瓦片既不是矢量也不是图片"},
    {"its zooms are not right", "它的缩放级别不对"},
    {"it has become shorter", "它变短了"},
    {"LIANPU_PORT is a number from 0 to 65535", "LIANPU_PORT 是 0 到 65535 的数字"},
    {"a command is missing", "缺命令"},
    {"unknown command *", "没有 * 这个命令"},
    {"unknown option *", "没有 * 这个选项"},
    {"* needs a value", "* 后面要有值"},
    {"* takes no value", "* 后面不带值"},
    {"one word too many: *", "多了一个词：*"},
    {"* is missing", "缺 *"},
    {"build-atlas is for the server's own use", "build-atlas 只供服务程序自己用"},
    {"another program listens there", "别的程序已在用它"},
    {"a backup is a file", "备份是一个文件"},
    /* what the system says of a path or an address */
    {"No such file or directory", "没有这个文件或文件夹"},
    {"Permission denied", "没有权限"},
    {"Not a directory", "它不是文件夹"},
    {"Is a directory", "它是文件夹"},
    {"Read-only file system", "文件系统是只读的"},
    {"File name too long", "名称太长"},
    {"Too many open files", "打开的文件太多"},
    {"Input/output error", "磁盘读写出错"},
    {"Name or service not known", "没有这个主机"},
    {"Cannot assign requested address", "本机没有这个地址"},
    {"not a regular file", "它不是普通文件"},
    {"unable to open database file", "文件打不开"},
    {"no ledger in this database", "这个数据库里没有库，可用 lianpu init 新建"},
    /* a ledger's bytes */
    {"database disk image is malformed", "内容不完整或被改过"},
    {"the file ends within a page", "文件不完整，像是被截断了"},
    {"the first page is damaged", "文件开头被改过"},
    {"a record's payload is not readable", "有记录的内容读不出"},
    {"an entity's winners do not fit its records", "有一项采信的记录对不上"},
    /* what has a limit, or is not there */
    {"the atlas", "图集"},
    {"the answer", "答复"},
    {"JSON nesting", "JSON 的嵌套层数"},
    {"nesting of JSON", "JSON 的嵌套层数"},
    {"JSON", "JSON 的字节数"},
    {"YAML", "YAML 的字节数"},
    {"YAML nesting", "YAML 的嵌套层数"},
    {"geometry", "图形的字节数"},
    {"brief", "选址条件"},
    {"filter", "筛选条件的长度"},
    {"facets", "计数项的个数"},
    {"characters of q", "q 的字数"},
    {"sum", "合计项的个数"},
    {"range", "求范围的项的个数"},
    {"a sum", "合计"},
    {"rows of one file", "一个文件的行数"},
    {"bytes of a tile", "瓦片的字节数"},
    {"one row", "一行"},
    {"one cell", "一格"},
    {"one feature", "一个要素"},
    {"properties", "属性的个数"},
    {"points of a geometry", "图形的点数"},
    {"rings of a geometry", "图形的圈数"},
    {"records of one entity", "一条的记录数"},
    {"locator", "出处的长度"},
    {"IN", "IN 的值"},
    {"memory for the filter", "筛选条件要用的内存（字节）"},
    {"LIKE pattern", "LIKE 样式的字节数"},
    {"corners of the polygons in a filter", "筛选条件中多边形的拐点数"},
    {"in", "\"in\" 的值"},
    {"columns", "列数"},
    {"keys", "编号的字节数"},
    {"where", "\"where\" 的条数"},
    {"weigh", "\"weigh\" 的条数"},
    {"scans at once", "同时进行的查询"},
    {"the document", "文档"},
    {"idempotency key", "幂等键的长度"},
};
/* clang-format on */

enum { STARS_MAX = 3 };

/* Does text have the pattern's form? The stars' texts are the shortest that fit. */
static bool fits(const char *pattern, const char *text, Str *stars)
{
    int count = 0;
    for (;;) {
        size_t plain = strcspn(pattern, "*");
        if (strncmp(pattern, text, plain) != 0)
            return false;
        pattern += plain;
        text += plain;
        if (*pattern == '\0')
            return *text == '\0';
        pattern++;
        size_t next = strcspn(pattern, "*");
        const char *end = text + strlen(text);
        if (next) {
            for (end = text; *end && strncmp(end, pattern, next) != 0;)
                end++;
        }
        if (count == STARS_MAX || end == text)
            return false;
        stars[count++] = (Str){text, (size_t)(end - text)};
        text = end;
    }
}

static bool ends_in_chinese(const Buf *buf)
{
    if (buf->len < 3)
        return false;
    unsigned char lead = (unsigned char)buf->ptr[buf->len - 3];
    return lead >= 0xE4 && lead <= 0xE9; /* U+4000 … U+9FFF: letters, not punctuation */
}

static bool is_latin(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

void phrase_space(Buf *buf, const char *next)
{
    unsigned char lead = (unsigned char)next[0];
    if (ends_in_chinese(buf) ? is_latin(next[0]) || next[0] == '\'' || next[0] == '-'
                             : buf->len && is_latin(buf->ptr[buf->len - 1]) && lead >= 0xE4 && lead <= 0xE9)
        buf_byte(buf, ' ');
}

void phrase_write(Buf *buf, Lang lang, const char *text)
{
    const char *say = text;
    Str stars[STARS_MAX];
    bool found = false;
    for (size_t i = 0; lang == LANG_ZH && !found && i < sizeof phrases / sizeof *phrases; i++) {
        found = fits(phrases[i].en, text, stars);
        if (found)
            say = phrases[i].zh;
    }
    if (lang == LANG_ZH && *say != '*')
        phrase_space(buf, say);
    for (int star = 0; *say; say++) {
        if (!found || *say != '*' || star == STARS_MAX) {
            buf_byte(buf, *say);
            continue;
        }
        phrase_space(buf, stars[star].ptr);
        buf_str(buf, stars[star++]);
        phrase_space(buf, say + 1);
    }
}
