//! Every call, behind one of three doors. A call stands in exactly one of the lists below; the `OpenAPI` document is
//! made from the same lists.

use axum::{Router, extract::DefaultBodyLimit, middleware};
use tower_http::compression::{CompressionLayer, predicate::SizeAbove};
use utoipa::{
    Modify, OpenApi,
    openapi::{
        self, Content, HeaderBuilder, ObjectBuilder, Ref, RefOr, ResponseBuilder, Schema, Type,
        path::Operation,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    access,
    app::App,
    captcha, catalogue, charter, circulars, devices, family, forms, gate, http, password_requests, passwords,
    peer,
    problem::{Problem, Slug},
    requests, sessions,
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "FOS portal",
        description = "What the members' app asks of the foundation. Texts that members read come in Arabic and \
            French. Refusals are RFC 9457 problems of stable type. Unknown fields in requests are refused; unknown \
            fields in answers are to be ignored.",
    ),
    tags(
        (name = "access", description = "From nothing to the services space (guide steps 1 to 7)"),
        (name = "services", description = "The services space (guide step 8)"),
        (name = "requests", description = "What «+» leads to: a form filled in, filed, and answered"),
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

/// What is read strictly from the seed folder.
const GROWING: [&str; 12] = [
    "BothLanguages",
    "Choice",
    "Condition",
    "Document",
    "Entry",
    "FromField",
    "FromToday",
    "Instalment",
    "OneDay",
    "Paper",
    "Pdf",
    "Person",
];

/// It is answered with room for more fields.
struct AnswersMayGrow;

impl Modify for AnswersMayGrow {
    fn modify(&self, document: &mut openapi::OpenApi) {
        let Some(components) = document.components.as_mut() else { return };
        for name in GROWING {
            if let Some(RefOr::T(Schema::Object(schema))) = components.schemas.get_mut(name) {
                schema.additional_properties = None;
            }
        }
    }
}

/// Every answer tells the serial of the config.
struct Serial;

impl Modify for Serial {
    fn modify(&self, document: &mut openapi::OpenApi) {
        let header = HeaderBuilder::new()
            .description(Some("The serial of the config: who holds an older one reads `/v1/config`"))
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

/// What any call may answer besides: a body that cannot be read, too much at once, a portal that stops.
struct AnyRefusal;

impl Modify for AnyRefusal {
    fn modify(&self, document: &mut openapi::OpenApi) {
        let refusal = ResponseBuilder::new()
            .description("Any other refusal")
            .content("application/problem+json", Content::new(Some(Ref::from_schema_name("Problem"))))
            .build();
        for operation in operations(document) {
            operation.responses.responses.insert("default".to_owned(), RefOr::T(refusal.clone()));
        }
    }
}

/// Open to everyone.
fn public() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(gate::config))
        .routes(routes!(captcha::challenge))
        .routes(routes!(password_requests::ask))
        .routes(routes!(sessions::create))
        .routes(routes!(sessions::refresh))
        .routes(routes!(requests::verify))
}

/// Open to any session, also one in which charter or password is due.
fn any_session() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(charter::current))
        .routes(routes!(charter::accept))
        .routes(routes!(passwords::change))
        .routes(routes!(sessions::sign_out))
}

/// All the rest.
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

/// Large and without a secret: compressed, when the one who asks can read it (design §3).
fn compressed() -> OpenApiRouter<App> {
    let gzip = CompressionLayer::new().gzip(true).compress_when(SizeAbove::new(1024));
    OpenApiRouter::new()
        .routes(routes!(catalogue::services))
        .routes(routes!(forms::form))
        .route_layer(gzip)
        .route_layer(middleware::map_response(http::weaker_tag))
}

/// The portal's calls, ready to serve.
pub(crate) fn router(app: App) -> Router {
    let signed = middleware::from_fn_with_state(app.clone(), access::any_session);
    let member = middleware::from_fn_with_state(app.clone(), access::unrestricted);
    let (router, _) = OpenApiRouter::new()
        .merge(public())
        .merge(any_session().route_layer(signed))
        .merge(unrestricted().route_layer(member))
        .split_for_parts();
    router
        .fallback(async || Problem::from(Slug::NotFound))
        .method_not_allowed_fallback(async || Problem::from(Slug::Method))
        .layer(DefaultBodyLimit::max(http::BODY_LIMIT))
        .layer(middleware::from_fn_with_state(app.clone(), peer::recognise))
        .layer(middleware::from_fn_with_state(app.clone(), gate::keep))
        .layer(middleware::map_response(http::not_stored))
        .layer(middleware::map_response_with_state(app.clone(), http::dated))
        .layer(middleware::from_fn_with_state(app.clone(), http::counted))
        .with_state(app)
}

/// The `OpenAPI` 3.1 document of this portal, as the committed copy has it.
pub fn openapi_document() -> String {
    let (_, mut document) = OpenApiRouter::with_openapi(Document::openapi())
        .merge(public())
        .merge(any_session())
        .merge(unrestricted())
        .split_for_parts();
    Bearer.modify(&mut document);
    AnswersMayGrow.modify(&mut document);
    AnyRefusal.modify(&mut document);
    Serial.modify(&mut document);
    let mut text = document.to_pretty_json().unwrap_or_default();
    text.push('\n');
    text
}
