//! Bodies in, bodies out: JSON that is refused with a problem, and answers that are not sent twice.

use axum::{
    Json,
    body::Bytes,
    extract::{FromRequest, Request, State, rejection::JsonRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use jiff::fmt::rfc2822::DateTimePrinter;
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    app::App,
    problem::{Problem, Slug},
    secrets,
};

/// The largest body any call takes; a sign-in with its solved captcha is about 700 bytes.
pub(crate) const BODY_LIMIT: usize = 16 * 1024;

/// A JSON body. What cannot be read is refused without repeating it: it may hold a password.
pub(crate) struct Body<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        match Json::from_request(request, state).await {
            Ok(Json(body)) => Ok(Self(body)),
            Err(JsonRejection::MissingJsonContentType(_)) => Err(Slug::MediaType.into()),
            Err(refusal) if refusal.status() == StatusCode::PAYLOAD_TOO_LARGE => Err(Slug::TooLarge.into()),
            Err(_) => Err(Slug::Malformed.into()),
        }
    }
}

/// `body` with a strong entity tag, or 304 when the one who asks has it already (RFC 9110 §13.1.2).
pub(crate) fn tagged(request: &HeaderMap, body: &impl Serialize) -> Result<Response, Problem> {
    let bytes = serde_json::to_vec(body).map_err(|_| Slug::Internal)?;
    let tag = format!("\"{}\"", &secrets::hex(&secrets::sha256(&bytes))[..32]);
    let known = is_known(request, &tag);
    let headers = [
        (header::ETAG, HeaderValue::try_from(tag).map_err(|_| Slug::Internal)?),
        // Kept by the member's phone alone, and asked about before use.
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
    ];
    if known {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    let json = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    Ok((headers, json, Bytes::from(bytes)).into_response())
}

fn is_known(request: &HeaderMap, tag: &str) -> bool {
    request
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(','))
        .map(str::trim)
        .any(|candidate| candidate == "*" || candidate.strip_prefix("W/").unwrap_or(candidate) == tag)
}

/// Dates an answer (RFC 9110 §6.6.1) by the portal's own clock: phones that are set wrong correct themselves by it.
pub(crate) async fn dated(State(app): State<App>, mut response: Response) -> Response {
    let date = DateTimePrinter::new().timestamp_to_rfc9110_string(&app.now()).ok();
    if let Some(date) = date.and_then(|date| HeaderValue::try_from(date).ok()) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

/// Answers are not to be kept by anything on the way, unless a call says otherwise.
pub(crate) async fn not_stored(mut response: Response) -> Response {
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
