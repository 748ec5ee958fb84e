//! Routes of the API and the `OpenAPI` document, both built from the same lists.
//!
//! Each route belongs to exactly one group: public, any session, or unrestricted sessions (`auth`).

use axum::{Router, extract::DefaultBodyLimit, middleware};
use tower_http::compression::{CompressionLayer, predicate::SizeAbove};
use utoipa::{
    Modify, OpenApi,
    openapi::{
        self, Content, HeaderBuilder, ObjectBuilder, Ref, RefOr, ResponseBuilder, Type,
        path::Operation,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    app_links, auth, captcha, catalogue, charter, circulars, client_ip, devices, family, forms, http,
    logging, password_requests, passwords,
    problem::{Problem, ProblemType},
    remote_config, requests, session_refresh, sessions,
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "FOS portal",
        description = "API of the members' app. Texts that members read are in Arabic and French. Errors are RFC 9457 \
            problems of stable type. Unknown fields in requests are rejected; clients ignore unknown fields in \
            responses.",
    ),
    tags(
        (name = "access", description = "From nothing to the services space (guide steps 1 to 7)"),
        (name = "services", description = "The services space (guide step 8)"),
        (name = "requests", description = "Requests that members file by «+» (guide step 8)"),
    ),
)]
struct Document;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut openapi::OpenApi) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("The access token of a session"))
            .build();
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("session", SecurityScheme::Http(scheme));
    }
}

/// Adds the `FOS-Config` header to every response.
struct ConfigSerialHeader;

impl Modify for ConfigSerialHeader {
    fn modify(&self, document: &mut openapi::OpenApi) {
        let header = HeaderBuilder::new()
            .description(Some("Serial of the config: a client that holds an older one reads `/v1/config`"))
            .schema(Some(ObjectBuilder::new().schema_type(Type::Integer)))
            .build();
        for response in responses(document) {
            if let RefOr::T(response) = response {
                response.headers.insert("FOS-Config".to_owned(), RefOr::T(header.clone()));
            }
        }
    }
}

fn operations(document: &mut openapi::OpenApi) -> impl Iterator<Item = &mut Operation> {
    document.paths.paths.values_mut().flat_map(|item| {
        [&mut item.get, &mut item.put, &mut item.post, &mut item.delete].into_iter().flatten()
    })
}

fn responses(document: &mut openapi::OpenApi) -> impl Iterator<Item = &mut RefOr<openapi::Response>> {
    operations(document).flat_map(|operation| operation.responses.responses.values_mut())
}

/// Adds a default problem response to every operation: unreadable body, rate limit, maintenance, shutdown.
struct DefaultProblem;

impl Modify for DefaultProblem {
    fn modify(&self, document: &mut openapi::OpenApi) {
        let problem = ResponseBuilder::new()
            .description("Any other problem")
            .content("application/problem+json", Content::new(Some(Ref::from_schema_name("Problem"))))
            .build();
        for operation in operations(document) {
            operation.responses.responses.insert("default".to_owned(), RefOr::T(problem.clone()));
        }
    }
}

/// Routes without authentication.
fn public() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(remote_config::config))
        .routes(routes!(captcha::challenge))
        .routes(routes!(password_requests::request_password))
        .routes(routes!(sessions::create))
        .routes(routes!(session_refresh::refresh))
        .routes(routes!(requests::verify))
        .routes(routes!(app_links::android))
        .routes(routes!(app_links::apple))
}

/// Routes open to any session, also while a charter or a password is due.
fn any_session() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(charter::charter))
        .routes(routes!(charter::accept))
        .routes(routes!(passwords::change))
        .routes(routes!(sessions::sign_out))
}

/// Routes that need a session in which nothing is due.
fn unrestricted() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(devices::list))
        .routes(routes!(devices::end))
        .routes(routes!(circulars::circular))
        .routes(routes!(family::family))
        .routes(routes!(requests::list, requests::create))
        .routes(routes!(requests::show))
        .routes(routes!(requests::receipt))
        .merge(compressed())
}

/// Routes with large responses that hold no secret: compressed with gzip when the client accepts it. No other response
/// is, since compression can leak secrets through the length of a response (BREACH).
fn compressed() -> OpenApiRouter<App> {
    let gzip = CompressionLayer::new().gzip(true).compress_when(SizeAbove::new(1024));
    OpenApiRouter::new()
        .routes(routes!(catalogue::services))
        .routes(routes!(forms::form))
        .route_layer(gzip)
        .route_layer(middleware::map_response(http::weaken_etag))
}

/// Builds the router with all middleware.
pub(crate) fn router(app: App) -> Router {
    let any_session_auth = middleware::from_fn_with_state(app.clone(), auth::any_session);
    let unrestricted_auth = middleware::from_fn_with_state(app.clone(), auth::unrestricted);
    let (router, _) = OpenApiRouter::new()
        .merge(public())
        .merge(any_session().route_layer(any_session_auth))
        .merge(unrestricted().route_layer(unrestricted_auth))
        .split_for_parts();
    router
        .merge(app_links::pages())
        .fallback(async || Problem::from(ProblemType::NotFound))
        .method_not_allowed_fallback(async || Problem::from(ProblemType::Method))
        .layer(DefaultBodyLimit::max(http::BODY_LIMIT))
        .layer(middleware::from_fn_with_state(app.clone(), client_ip::identify))
        .layer(middleware::from_fn_with_state(app.clone(), remote_config::attach_content))
        .layer(middleware::map_response(http::set_no_store))
        .layer(middleware::map_response(http::set_browser_headers))
        .layer(middleware::map_response_with_state(app.clone(), http::set_date))
        .layer(middleware::from_fn_with_state(app.clone(), http::count_http2))
        .layer(middleware::from_fn(logging::trace_request))
        .with_state(app)
}

/// Renders the `OpenAPI` 3.1 document of this portal; `openapi.json` is its committed copy.
pub fn openapi_document() -> String {
    let (_, mut document) = OpenApiRouter::with_openapi(Document::openapi())
        .merge(public())
        .merge(any_session())
        .merge(unrestricted())
        .split_for_parts();
    Bearer.modify(&mut document);
    DefaultProblem.modify(&mut document);
    ConfigSerialHeader.modify(&mut document);
    let mut text = document.to_pretty_json().unwrap_or_default();
    text.push('\n');
    text
}
