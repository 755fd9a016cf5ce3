#include "cli/cmd/serve.h"
#include "app/app.h"
#include "app/basemap.h"
#include "app/build_child.h"
#include "base/log.h"
#include "cli/cmd/cmd.h"
#include "http/route_doc.h"
#include "http/server.h"
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Options {
    const char *db, *listen, *atlas, *approval, *name_zh, *name_en;
    BasemapOptions basemap;
    bool verbose;
} Options;

static Err read_options(int argc, char **argv, Options *ret, bool *ret_help)
{
    Options given = {0};
    const Option known[] = {
        OPTION_DB(given.db),
        {.name = "listen",
         .value = "ADDR:PORT",
         .help =
             {"在哪里监听；默认 127.0.0.1:8787，端口可由 $LIANPU_PORT 定；端口 0 取空闲的",
              "where to listen; 127.0.0.1:8787 unless said, or port $LIANPU_PORT; port 0 takes a free one"},
         .text = &given.listen},
        {.name = "atlas",
         .value = "DIR",
         .help = {"图集放在哪里；默认 库名.atlas", "where the atlas lies; FILE.atlas unless said"},
         .text = &given.atlas},
        {.name = "map-approval",
         .value = "TEXT",
         .help = {"审图号，显示在地图上", "the map approval number (审图号), shown on the map"},
         .text = &given.approval},
        {.name = "name-zh",
         .value = "TEXT",
         .help = {"网站的中文名", "the site's name in Chinese"},
         .text = &given.name_zh},
        {.name = "name-en",
         .value = "TEXT",
         .help = {"网站的英文名", "and in English"},
         .text = &given.name_en},
        {.name = "basemap",
         .value = "FILE",
         .help = {"垫在下面的离线底图，PMTiles 文件；做法见 docs/base-map.md",
                  "an offline base map to put under it, a PMTiles file; docs/base-map.md shows how"},
         .text = &given.basemap.file},
        {.name = "basemap-url",
         .value = "URL",
         .help = {"或者瓦片服务的地址，带 {z} {x} {y}；几层之间用空格分开；{key} 取自 $LIANPU_BASEMAP_KEY",
                  "or a tile service's address with {z} {x} {y}; spaces between layers; {key} is "
                  "$LIANPU_BASEMAP_KEY"},
         .text = &given.basemap.url},
        {.name = "basemap-datum",
         .value = "DATUM",
         .help = {"这张底图的坐标系：wgs84 或 cgcs2000", "the datum it is in: wgs84 or cgcs2000"},
         .text = &given.basemap.datum},
        {.name = "basemap-credit",
         .value = "TEXT",
         .help = {"这张底图的出处，显示在地图上", "whose it is, shown on the map"},
         .text = &given.basemap.credit},
        {.name = "verbose", .help = {"日志详细些", "log more"}, .flag = &given.verbose},
    };
    const Command command = {
        .name = "serve",
        .operands = "",
        .about = {"开网页和接口", "serve the pages and the interface"},
        .more = {"别的 lianpu 命令导入的，运行中就看得到。SIGTERM 或 Ctrl-C 正常结束。",
                 "What other lianpu commands import is seen while it runs. Ends well on SIGTERM or Ctrl-C."},
        .options = known,
        .option_count = OPTION_COUNT(known),
        .operand_count = 0,
    };
    const char *operands[OPERANDS_MAX];
    TRY(options_parse(&command, argc, argv, operands, ret_help));
    if (!*ret_help)
        TRY(option_required(&command, "db", given.db));
    given.basemap.key = getenv("LIANPU_BASEMAP_KEY");
    *ret = given;
    return OK;
}

static Err listen_address(const Options *options, char *ret, size_t size)
{
    const char *port = getenv("LIANPU_PORT");
    int64_t n = 8787;
    if (options->listen) {
        snprintf(ret, size, "%s", options->listen);
        return OK;
    }
    if (port && port[0] && (!str_int(str_of(port), &n) || n < 0 || n > 65535))
        return fail(ERR_USAGE, "detail", "LIANPU_PORT is a number from 0 to 65535", "command", "serve", NULL);
    snprintf(ret, size, "127.0.0.1:%d", (int)n);
    return OK;
}

/* A name in one language serves for both. */
static AppConfig app_config_of(const Options *options, const Basemap *basemap)
{
    return (AppConfig){
        .url = options->db,
        .atlas_dir = options->atlas,
        .name = {options->name_zh ? options->name_zh : options->name_en,
                 options->name_en ? options->name_en : options->name_zh},
        .map_approval = options->approval,
        .basemap = basemap,
        .follow = true,
        .build_in_child = true,
    };
}

/* Before any thread is there, so that all inherit it: the signals come to sigwait alone. */
static sigset_t hold_signals(void)
{
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ending, NULL);
    signal(SIGPIPE, SIG_IGN);
    return ending;
}

static void wait_for_end(const sigset_t *ending)
{
    int got = 0;
    sigwait(ending, &got);
    log_event(LOG_INFO, "stopping", "signal", strsignal(got), NULL);
    /* A second one ends it at once. */
    pthread_sigmask(SIG_UNBLOCK, ending, NULL);
}

static Err run_server(const Options *options, const char *address)
{
    sigset_t ending = hold_signals();
    Basemap *basemap;
    TRY(basemap_open(&options->basemap, &basemap));
    const AppConfig config = app_config_of(options, basemap);
    App *app = NULL;
    Server *server;
    Err err = app_open(&config, &app);
    if (err == OK)
        err = server_start(app, address, &server);
    if (err == OK) {
        log_event(LOG_INFO, "listening", "address", server_address(server), "version", LIANPU_VERSION,
                  "map_approval", config.map_approval ? config.map_approval : "none", NULL);
        wait_for_end(&ending);
        server_stop(server);
    }
    app_close(app);
    basemap_close(basemap);
    if (err == OK)
        log_event(LOG_INFO, "stopped", NULL);
    return err;
}

Err cmd_serve(int argc, char **argv)
{
    Options options;
    bool help = false;
    char address[300];
    TRY(read_options(argc, argv, &options, &help));
    if (help)
        return OK;
    TRY(listen_address(&options, address, sizeof address));
    if (options.verbose)
        log_level(LOG_DEBUG);
    return run_server(&options, address);
}

Err cmd_build_atlas(int argc, char **argv)
{
    if (argc != 3)
        return fail(ERR_USAGE, "detail", "build-atlas is for the server's own use", NULL);
    return build_child_main(argv[1], argv[2]);
}

static Err print(void (*write_all)(Buf *out))
{
    Buf out;
    buf_init(&out, 1024 * 1024);
    write_all(&out);
    Err err = buf_check(&out, "the document");
    if (err == OK)
        fwrite(out.ptr, 1, out.len, stdout);
    buf_done(&out);
    return err;
}

Err cmd_api_doc(int argc, char **argv)
{
    (void)argc, (void)argv;
    return print(routes_markdown);
}

Err cmd_routes(int argc, char **argv)
{
    (void)argc, (void)argv;
    return print(routes_json);
}
