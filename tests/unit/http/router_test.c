#include "http/route_doc.h"
#include "http/router.h"
#include "test.h"
#include <stdio.h>

static Request req;
static const Route *route;

static Err find(const char *method, const char *uri)
{
    request_done(&req);
    request_init(&req, NULL);
    req.method = str_of(method);
    TRY(request_read_uri(&req, str_of(uri)));
    TRY(route_find(&req, &route));
    return route_check_params(route, &req);
}

__attribute__((constructor)) static void begin(void)
{
    request_init(&req, NULL);
}

TEST(a_path_finds_its_route_and_fills_the_holes)
{
    CHECK_OK(find("GET", "/tiles/parcel/9/416/222.mvt?filter=area_m2%3E5"));
    CHECK_STR(str_of(route->pattern), "/tiles/{kind}/{z}/{x}/{y}.mvt");
    CHECK_STR(request_path(&req, "kind"), "parcel");
    CHECK_STR(request_path(&req, "y"), "222");
    CHECK_STR(request_text(&req, "filter"), "area_m2>5");
    CHECK_OK(find("GET", "/api/parcel/%E7%94%B2-1/why"));
    CHECK_STR(request_path(&req, "id"), "甲-1");
    CHECK_OK(find("GET", "/"));
    CHECK_STR(str_of(route->pattern), "/");
}

TEST(a_literal_comes_before_a_hole)
{
    CHECK_OK(find("GET", "/api/meta"));
    CHECK_STR(str_of(route->pattern), "/api/meta");
    CHECK_OK(find("GET", "/api/park"));
    CHECK_STR(str_of(route->pattern), "/api/{kind}");
}

TEST(every_kind_has_a_page_by_the_name_in_its_table_and_by_no_other)
{
    for (int k = 0; k < KIND_COUNT; k++) {
        char uri[100];
        const char *page = kind_info((Kind)k)->page;
        snprintf(uri, sizeof uri, "/%s", page);
        CHECK_OK(find("GET", uri));
        CHECK_STR(str_of(route->pattern), "/{page}");
        CHECK_STR(request_path(&req, "page"), page);
        snprintf(uri, sizeof uri, "/%s/x-1", page);
        CHECK_OK(find("GET", uri));
        CHECK_STR(str_of(route->pattern), "/{page}/{id}");
        CHECK_STR(request_path(&req, "id"), "x-1");
    }
    const char *const none[] = {"/park", "/PARKS", "/infra_works", "/parks/", "/parks/a/b", "/page"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        CHECK_ERR(find("GET", none[i]), ERR_ROUTE_UNKNOWN);
}

TEST(what_is_no_route_is_not_found)
{
    const char *const unknown[] = {
        "/nothing",     "/api", "/api/",     "/api/parcel/x/y/z", "/tiles/parcel/1/2/3", "/api/parcel/",
        "/tiles/x/1/2", "//",   "/api//why", "/healthz/",         "/a/b/c/d/e/f/g/h/i/j"};
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
        CHECK_ERR(find("GET", unknown[i]), ERR_ROUTE_UNKNOWN);
}

TEST(a_slash_in_an_id_does_not_make_a_segment)
{
    CHECK_OK(find("GET", "/api/parcel/a%2Fb"));
    CHECK_STR(request_path(&req, "id"), "a/b");
}

TEST(a_wrong_method_is_told_which_ones_are_right)
{
    CHECK_ERR(find("POST", "/api/parcel"), ERR_METHOD);
    CHECK_STR(str_of(fault_arg(fault_last(), "allowed")), "GET, HEAD");
    CHECK_ERR(find("DELETE", "/api/parcel/x"), ERR_METHOD);
    CHECK_OK(find("HEAD", "/api/parcel"));
    CHECK_OK(find("POST", "/api/match"));
}

TEST(a_parameter_that_the_route_does_not_have_is_named)
{
    CHECK_ERR(find("GET", "/api/parcel?limit=3&colour=red"), ERR_PARAM_UNKNOWN);
    CHECK_STR(str_of(fault_arg(fault_last(), "param")), "colour");
    CHECK_ERR(find("GET", "/api/meta?filter=x"), ERR_PARAM_UNKNOWN);
    CHECK_OK(find("GET", "/api/meta?lang=en"));
}

TEST(a_page_keeps_its_state_in_any_parameters)
{
    CHECK_OK(find("GET", "/match?area_m2=133333.33..&w=price_fen_m2:30&open=none"));
    CHECK_OK(find("GET", "/?list=parcel&at=113.06,22.47,10.5"));
}

TEST(a_parameter_given_twice_is_refused)
{
    CHECK_ERR(find("GET", "/api/parcel?limit=3&limit=4"), ERR_PARAM);
}

TEST(text_that_is_not_utf_8_is_refused)
{
    CHECK_ERR(find("GET", "/api/parcel/%FF"), ERR_REQUEST);
    CHECK_ERR(find("GET", "/api/parcel?filter=%C3"), ERR_REQUEST);
}

TEST(a_number_outside_its_bounds_is_refused_with_its_bounds)
{
    int64_t n;
    CHECK_OK(find("GET", "/api/parcel?limit=3"));
    CHECK_OK(request_int(&req, "limit", 0, 200, 50, &n));
    CHECK_EQ(n, 3);
    CHECK_OK(request_int(&req, "offset", 0, 200, 50, &n));
    CHECK_EQ(n, 50);
    const char *const wrong[] = {"/api/parcel?limit=201", "/api/parcel?limit=-1", "/api/parcel?limit=x",
                                 "/api/parcel?limit=", "/api/parcel?limit=1e2"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        CHECK_OK(find("GET", wrong[i]));
        CHECK_ERR(request_int(&req, "limit", 0, 200, 50, &n), ERR_PARAM);
        CHECK_STR(str_of(fault_arg(fault_last(), "want")), "a whole number from 0 to 200");
    }
}

TEST(every_route_is_described_in_both_languages_and_has_an_example)
{
    for (uint32_t n = 0; n < route_count(); n++) {
        const Route *r = route_at(n);
        CHECK_EQ(route_number(r), n);
        CHECK(r->about.zh && r->about.en && r->examples[0] && r->handler);
        CHECK(r->method == ROUTE_GET || r->body_max > 0);
        for (int i = 0; i < ROUTE_PARAMS_MAX && r->params[i].name; i++)
            CHECK(r->params[i].about.zh && r->params[i].about.en && r->params[i].example);
    }
}

TEST(every_example_of_a_get_finds_the_route_it_is_an_example_of)
{
    for (uint32_t n = 0; n < route_count(); n++) {
        const Route *r = route_at(n);
        for (int i = 0; r->method == ROUTE_GET && i < ROUTE_EXAMPLES_MAX && r->examples[i]; i++) {
            CHECK_OK(find("GET", r->examples[i]));
            CHECK(route == r);
        }
    }
}
