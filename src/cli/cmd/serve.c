#include "cli/cmd/serve.h"
#include "app/app.h"
#include "app/build_child.h"
#include "base/log.h"
#include "http/route_doc.h"
#include "http/server.h"
#include <getopt.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char HELP[] =
    "lianpu serve --db FILE|postgresql://…  serve the map and its data over HTTP\n"
    "\n"
    "  --db FILE|URL        the ledger (lianpu init makes one)\n"
    "  --listen ADDR:PORT   where to listen; 127.0.0.1:8787 unless said, or port $LIANPU_PORT; port 0 takes "
    "a free one\n"
    "  --atlas DIR          where the atlas lies; FILE.atlas unless said\n"
    "  --map-approval TEXT  the map approval number (审图号), shown on the map\n"
    "  --name-zh TEXT       the site's name in Chinese\n"
    "  --name-en TEXT       and in English\n"
    "  --verbose            log more\n"
    "  --help               this\n"
    "\n"
    "Imports by other lianpu commands are seen while it runs. Ends well on SIGTERM or Ctrl-C.\n"
    "Exit codes: 0 ended, 2 wrong use, 4 the port is taken, 6 the ledger cannot be read.\n";

typedef struct Options {
    AppConfig app;
    char listen[300];
    bool help;
} Options;

static Err wrong(const char *detail)
{
    return fail(ERR_USAGE, "detail", detail, "command", "serve", NULL);
}

static Err default_listen(char *listen, size_t size)
{
    const char *port = getenv("LIANPU_PORT");
    if (!port || !port[0])
        port = "8787";
    int64_t n;
    if (!str_int(str_of(port), &n) || n < 0 || n > 65535)
        return wrong("LIANPU_PORT is a number from 0 to 65535");
    snprintf(listen, size, "127.0.0.1:%s", port);
    return OK;
}

static Err read_options(int argc, char **argv, Options *ret)
{
    enum { DB = 256, LISTEN, ATLAS, APPROVAL, NAME_ZH, NAME_EN, VERBOSE, HELP_ASKED };
    static const struct option known[] = {
        {"db", required_argument, NULL, DB},
        {"listen", required_argument, NULL, LISTEN},
        {"atlas", required_argument, NULL, ATLAS},
        {"map-approval", required_argument, NULL, APPROVAL},
        {"name-zh", required_argument, NULL, NAME_ZH},
        {"name-en", required_argument, NULL, NAME_EN},
        {"verbose", no_argument, NULL, VERBOSE},
        {"help", no_argument, NULL, HELP_ASKED},
        {0},
    };
    *ret = (Options){.app = {.follow = true, .build_in_child = true}};
    opterr = 0;
    optind = 1;
    for (int option; (option = getopt_long(argc, argv, "", known, NULL)) != -1;) {
        switch (option) {
        case DB:
            ret->app.url = optarg;
            break;
        case LISTEN:
            snprintf(ret->listen, sizeof ret->listen, "%s", optarg);
            break;
        case ATLAS:
            ret->app.atlas_dir = optarg;
            break;
        case APPROVAL:
            ret->app.map_approval = optarg;
            break;
        case NAME_ZH:
            ret->app.name.zh = optarg;
            break;
        case NAME_EN:
            ret->app.name.en = optarg;
            break;
        case VERBOSE:
            log_level(LOG_DEBUG);
            break;
        case HELP_ASKED:
            ret->help = true;
            return OK;
        default:
            return wrong(argv[optind - 1]);
        }
    }
    if (optind < argc)
        return wrong(argv[optind]);
    if (!ret->app.url)
        return wrong("--db is missing");
    if (ret->app.name.zh && !ret->app.name.en)
        ret->app.name.en = ret->app.name.zh;
    if (ret->app.name.en && !ret->app.name.zh)
        ret->app.name.zh = ret->app.name.en;
    return ret->listen[0] ? OK : default_listen(ret->listen, sizeof ret->listen);
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

Err cmd_serve(int argc, char **argv)
{
    Options options;
    TRY(read_options(argc, argv, &options));
    if (options.help) {
        fputs(HELP, stdout);
        return OK;
    }
    sigset_t ending = hold_signals();
    App *app;
    Server *server;
    TRY(app_open(&options.app, &app));
    Err err = server_start(app, options.listen, &server);
    if (err == OK) {
        log_event(LOG_INFO, "listening", "address", server_address(server), "version", LIANPU_VERSION,
                  "map_approval", options.app.map_approval ? options.app.map_approval : "none", NULL);
        wait_for_end(&ending);
        server_stop(server);
    }
    Fault fault = *fault_last();
    app_close(app);
    fault_set(&fault);
    if (err == OK)
        log_event(LOG_INFO, "stopped", NULL);
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

Err cmd_routes(int argc, char **argv)
{
    (void)argc, (void)argv;
    return print(routes_json);
}
