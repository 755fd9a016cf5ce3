#include "cli/cmd/serve.h"
#include "app/app.h"
#include "app/basemap.h"
#include "app/build_child.h"
#include "base/log.h"
#include "base/notify.h"
#include "cli/cmd/cmd.h"
#include "cli/config.h"
#include "http/route_doc.h"
#include "http/server.h"
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { READY_LOOK_NS = 50 * 1000 * 1000 }; /* how often it is looked whether the first atlas is there */

typedef struct Options {
    Config config;
    bool check; /* read the configuration, and no more */
} Options;

static Err read_options(Arena *arena, int argc, char **argv, Options *ret, bool *ret_help)
{
    ConfigGiven *given = arena_new_of(arena, ConfigGiven);
    const char *path = NULL;
    Option known[CONFIG_KEYS_MAX + 2] = {
        {.name = "config",
         .value = "FILE",
         .help = {"从 YAML 文件读下列各项；选项优先于文件",
                  "a YAML file of the keys below; an option stands above it"},
         .text = &path},
        {.name = "check-config",
         .help = {"只检查配置，不启动", "only check what was told, and end"},
         .flag = &ret->check},
    };
    const Command command = {
        .name = "serve",
        .operands = "",
        .about = {"开网页和接口", "serve the pages and the interface"},
        .more = {"别的 lianpu 命令导入的，运行中就看得到。SIGTERM 或 Ctrl-C 正常结束。",
                 "What other lianpu commands import is seen while it runs. Ends well on SIGTERM or Ctrl-C."},
        .options = known,
        .option_count = 2 + config_options(arena, given, known + 2),
        .operand_count = 0,
    };
    const char *operands[OPERANDS_MAX];
    TRY(options_parse(&command, argc, argv, operands, ret_help));
    if (*ret_help)
        return OK;
    TRY(config_read(arena, path, given, &ret->config));
    return option_required(&command, "db", ret->config.db);
}

static Err listen_address(const Config *config, char *ret, size_t size)
{
    const char *port = getenv("LIANPU_PORT");
    int64_t n = 8787;
    if (config->listen) {
        snprintf(ret, size, "%s", config->listen);
        return OK;
    }
    if (port && port[0] && (!str_int(str_of(port), &n) || n < 0 || n > 65535))
        return fail(ERR_USAGE, "detail", "LIANPU_PORT is a number from 0 to 65535", "command", "serve", NULL);
    snprintf(ret, size, "127.0.0.1:%d", (int)n);
    return OK;
}

/* A name in one language serves for both. */
static AppConfig app_config_of(const Config *config, const Basemap *basemap)
{
    return (AppConfig){
        .url = config->db,
        .atlas_dir = config->atlas,
        .name = {config->name_zh ? config->name_zh : config->name_en,
                 config->name_en ? config->name_en : config->name_zh},
        .map_approval = config->map_approval,
        .basemap = basemap,
        .follow = true,
        .build_in_child = true,
    };
}

static ServerConfig server_config_of(const Config *config, const char *address)
{
    return (ServerConfig){
        .address = address,
        .threads = (uint32_t)config->threads,
        .connections = (uint32_t)config->connections,
        .backlog = (uint32_t)config->backlog,
        .idle_s = (uint32_t)config->idle_s,
        .drain_s = (uint32_t)config->drain_s,
        .metrics_ledger = config->metrics_ledger,
        .log_requests = (RequestsLogged)config->log_requests,
        .workers = {(uint32_t)config->workers, (uint32_t)config->queue},
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

static void tell(const char *lines)
{
    if (!notify_send(lines))
        log_event(LOG_WARN, "supervisor not told", "lines", lines, "detail", strerror(errno), NULL);
}

/* What the supervisor is told: that it is ready, once the first atlas is served, and from then on a sign of
 * life at half of the time it waits for one, while the thread that follows the ledger has turns. Returns for
 * how long there is nothing to tell. */
static int64_t tell_supervisor(App *app, bool *ready)
{
    const int64_t watchdog_ns = notify_watchdog_ns();
    AppStats stats;
    app_stats(app, &stats);
    if (!*ready && stats.ready) {
        *ready = true;
        tell("READY=1\nSTATUS=serving");
    }
    if (*ready && watchdog_ns && stats.turns.quiet_ms < watchdog_ns / 1000000)
        tell("WATCHDOG=1");
    if (!*ready)
        return READY_LOOK_NS;
    return watchdog_ns ? watchdog_ns / 2 : INT64_MAX;
}

/* The signal that ends it. */
static int wait_for_signal(App *app, const sigset_t *ending)
{
    int got = 0;
    bool ready = false;
    while (notify_wanted()) {
        int64_t ns = tell_supervisor(app, &ready);
        if (ns == INT64_MAX)
            break;
        const struct timespec wait = {ns / 1000000000, ns % 1000000000};
        got = sigtimedwait(ending, NULL, &wait);
        if (got > 0)
            return got;
    }
    sigwait(ending, &got);
    return got;
}

static void wait_for_end(App *app, const sigset_t *ending)
{
    int got = wait_for_signal(app, ending);
    log_event(LOG_INFO, "stopping", "signal", strsignal(got), NULL);
    tell("STOPPING=1\nSTATUS=letting requests end");
    /* A second one ends it at once. */
    pthread_sigmask(SIG_UNBLOCK, ending, NULL);
}

static Err run_server(const Config *told, const char *address)
{
    sigset_t ending = hold_signals();
    const BasemapOptions under = {told->basemap, told->basemap_url, told->basemap_datum, told->basemap_credit,
                                  getenv("LIANPU_BASEMAP_KEY")};
    const ServerConfig limits = server_config_of(told, address);
    Basemap *basemap;
    TRY(basemap_open(&under, &basemap));
    const AppConfig config = app_config_of(told, basemap);
    App *app = NULL;
    Server *server;
    Err err = app_open(&config, &app);
    if (err == OK)
        err = server_start(app, &limits, &server);
    if (err == OK) {
        log_event(LOG_INFO, "listening", "address", server_address(server), "version", LIANPU_VERSION,
                  "map_approval", config.map_approval ? config.map_approval : "none", NULL);
        wait_for_end(app, &ending);
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
    Arena *arena = arena_new();
    Options options = {0};
    bool help = false;
    char address[300];
    Err err = read_options(arena, argc, argv, &options, &help);
    if (err == OK && !help)
        err = listen_address(&options.config, address, sizeof address);
    if (err == OK && !help && !options.check) {
        if (options.config.verbose)
            log_level(LOG_DEBUG);
        err = run_server(&options.config, address);
    }
    arena_free(arena);
    return err;
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

Err cmd_config_doc(int argc, char **argv)
{
    (void)argc, (void)argv;
    return print(config_markdown);
}

Err cmd_routes(int argc, char **argv)
{
    (void)argc, (void)argv;
    return print(routes_json);
}
