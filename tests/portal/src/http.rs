//! Bodies in, bodies out: JSON that is refused with a problem, and answers that are not sent twice.

use std::{sync::atomic::Ordering, time::Duration};

use axum::{
    Json,
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Request, State, rejection::JsonRejection},
    http::{HeaderMap, HeaderValue, StatusCode, Version, header, request::Parts},
    middleware::Next,
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

/// How long a body may take to come: no call waits for one that drips in.
const BODY_PATIENCE: Duration = Duration::from_secs(20);

/// A JSON body. What cannot be read is refused without repeating it: it may hold a password.
pub(crate) struct Body<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let read = tokio::time::timeout(BODY_PATIENCE, Json::from_request(request, state)).await;
        match read.map_err(|_| Slug::Slow)? {
            Ok(Json(body)) => Ok(Self(body)),
            Err(JsonRejection::MissingJsonContentType(_)) => Err(Slug::MediaType.into()),
            Err(refusal) if refusal.status() == StatusCode::PAYLOAD_TOO_LARGE => Err(Slug::TooLarge.into()),
            Err(_) => Err(Slug::Malformed.into()),
        }
    }
}

/// A JSON body, and the SHA-256 of its bytes.
pub(crate) struct Digested<T> {
    pub(crate) body: T,
    pub(crate) digest: [u8; 32],
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Digested<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let limited = Request::from_parts(parts.clone(), body);
        let read = tokio::time::timeout(BODY_PATIENCE, Bytes::from_request(limited, state)).await;
        let bytes = read.map_err(|_| Slug::Slow)?.map_err(|refusal| match refusal.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Slug::TooLarge,
            _ => Slug::Malformed,
        })?;
        let digest = secrets::sha256(&bytes);
        let Body(body) = Body::from_request(Request::from_parts(parts, bytes.into()), state).await?;
        Ok(Self { body, digest })
    }
}

/// The id in a path. One that is no text is nobody's.
pub(crate) struct Id(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Path(id) = Path::from_request_parts(parts, state).await.map_err(|_| Slug::NotFound)?;
        Ok(Self(id))
    }
}

/// A body ready to be sent, and its strong entity tag.
pub(crate) struct Rendered {
    bytes: Bytes,
    media_type: &'static str,
    tag: String,
}

impl Rendered {
    /// `body` as JSON, if it can be written so.
    pub(crate) fn json(body: &impl Serialize) -> Option<Self> {
        let bytes = serde_json::to_vec(body).ok()?;
        let tag = secrets::hex(&secrets::sha256(&bytes))[..32].to_owned();
        Some(Self { bytes: bytes.into(), media_type: "application/json", tag: format!("\"{tag}\"") })
    }

    /// A PDF whose SHA-256 is known.
    pub(crate) fn pdf(bytes: Vec<u8>, sha256: &str) -> Self {
        Self { bytes: bytes.into(), media_type: "application/pdf", tag: format!("\"{sha256}\"") }
    }

    /// The body, or 304 when the one who asks has it already (RFC 9110 §13.1.2).
    pub(crate) fn answer(&self, request: &HeaderMap) -> Response {
        let mut response = if is_known(request, &self.tag) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            ([(header::CONTENT_TYPE, self.media_type)], self.bytes.clone()).into_response()
        };
        let headers = response.headers_mut();
        if let Ok(tag) = HeaderValue::try_from(&self.tag) {
            headers.insert(header::ETAG, tag);
        }
        // Kept by the member's phone alone, and asked about before use.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        response
    }
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

/// Counts what comes over HTTP/2.
pub(crate) async fn counted(State(app): State<App>, request: Request, next: Next) -> Response {
    if request.version() == Version::HTTP_2 {
        app.http2_requests.fetch_add(1, Ordering::Relaxed);
    }
    next.run(request).await
}

/// Dates an answer (RFC 9110 §6.6.1) by the portal's own clock: phones that are set wrong correct themselves by it.
pub(crate) async fn dated(State(app): State<App>, mut response: Response) -> Response {
    let date = DateTimePrinter::new().timestamp_to_rfc9110_string(&app.now()).ok();
    if let Some(date) = date.and_then(|date| HeaderValue::try_from(date).ok()) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

/// A body that was compressed on the way is not byte for byte the one that was tagged (RFC 9110 §8.8.1).
pub(crate) async fn weaker_tag(mut response: Response) -> Response {
    if response.headers().contains_key(header::CONTENT_ENCODING) {
        let tag = response.headers().get(header::ETAG).and_then(|tag| tag.to_str().ok());
        if let Some(weak) = tag.and_then(|tag| HeaderValue::try_from(format!("W/{tag}")).ok()) {
            response.headers_mut().insert(header::ETAG, weak);
        }
    }
    response
}

/// Answers are not to be kept by anything on the way, unless a call says otherwise.
pub(crate) async fn not_stored(mut response: Response) -> Response {
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
