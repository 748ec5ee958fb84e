//! Request extractors and response helpers: JSON bodies, entity tags, cache headers.

use std::{ops::RangeInclusive, sync::atomic::Ordering, time::Duration};

use axum::{
    Json,
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Request, State, rejection::JsonRejection},
    http::{HeaderMap, HeaderValue, StatusCode, Version, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http_range_header::parse_range_header;
use jiff::fmt::rfc2822::DateTimePrinter;
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    app::App,
    problem::{Problem, ProblemType},
    secrets,
};

/// Largest body of any call, in bytes; a sign-in with its solved captcha has about 700.
pub(crate) const BODY_LIMIT: usize = 16 * 1024;

/// Longest time for a body to arrive.
const BODY_TIMEOUT: Duration = Duration::from_secs(20);

/// Extractor of a JSON body. An unreadable body is rejected without being echoed: it may hold a password.
pub(crate) struct JsonBody<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for JsonBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let read = tokio::time::timeout(BODY_TIMEOUT, Json::from_request(request, state)).await;
        match read.map_err(|_| ProblemType::Slow)? {
            Ok(Json(body)) => Ok(Self(body)),
            Err(JsonRejection::MissingJsonContentType(_)) => Err(ProblemType::MediaType.into()),
            Err(refusal) if refusal.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                Err(ProblemType::TooLarge.into())
            }
            Err(_) => Err(ProblemType::Malformed.into()),
        }
    }
}

/// Extractor of a JSON body with its bytes.
pub(crate) struct BodyWithBytes<T> {
    pub(crate) body: T,
    pub(crate) bytes: Bytes,
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for BodyWithBytes<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let limited = Request::from_parts(parts.clone(), body);
        let read = tokio::time::timeout(BODY_TIMEOUT, Bytes::from_request(limited, state)).await;
        let bytes = read.map_err(|_| ProblemType::Slow)?.map_err(|refusal| match refusal.status() {
            StatusCode::PAYLOAD_TOO_LARGE => ProblemType::TooLarge,
            _ => ProblemType::Malformed,
        })?;
        let whole = Request::from_parts(parts, bytes.clone().into());
        let JsonBody(body) = JsonBody::from_request(whole, state).await?;
        Ok(Self { body, bytes })
    }
}

/// Extractor of the id in a path. One that is not UTF-8 gives 404.
pub(crate) struct PathId(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for PathId {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Path(id) = Path::from_request_parts(parts, state).await.map_err(|_| ProblemType::NotFound)?;
        Ok(Self(id))
    }
}

/// Response body with its strong entity tag.
pub(crate) struct TaggedBody {
    bytes: Bytes,
    media_type: &'static str,
    etag: String,
}

impl TaggedBody {
    /// Serializes `body` as JSON. Returns `None` when it cannot be serialized.
    pub(crate) fn json(body: &impl Serialize) -> Option<Self> {
        let bytes = serde_json::to_vec(body).ok()?;
        let etag = secrets::hex(&secrets::sha256(&bytes))[..32].to_owned();
        Some(Self { bytes: bytes.into(), media_type: "application/json", etag: format!("\"{etag}\"") })
    }

    /// Wraps a PDF whose SHA-256 is known.
    pub(crate) fn pdf(bytes: Vec<u8>, sha256: &str) -> Self {
        Self { bytes: bytes.into(), media_type: "application/pdf", etag: format!("\"{sha256}\"") }
    }

    /// Builds the response, or 304 when `If-None-Match` holds the tag (RFC 9110 §13.1.2). Only the client
    /// may cache it, and revalidates it before use.
    pub(crate) fn respond(&self, request: &HeaderMap) -> Response {
        self.respond_with(request, "private, no-cache")
    }

    /// Builds the response of [`TaggedBody::respond`], or the one range of it that `Range` asks for (RFC 9110 §14): 206, or 416
    /// for an unsatisfiable one. A client whose `If-Range` is another tag gets the full body.
    pub(crate) fn respond_with_range(&self, request: &HeaderMap) -> Response {
        let mut response = self.respond(request);
        let size = self.bytes.len();
        if response.status() == StatusCode::OK {
            match RequestedRange::of(request, &self.etag, size) {
                RequestedRange::Full => {}
                RequestedRange::Bytes(part) => {
                    let content_range = format!("bytes {}-{}/{size}", part.start(), part.end());
                    *response.status_mut() = StatusCode::PARTIAL_CONTENT;
                    *response.body_mut() = self.bytes.slice(part).into();
                    set_content_range(&mut response, &content_range);
                }
                RequestedRange::Unsatisfiable => {
                    response = Problem::from(ProblemType::Range).into_response();
                    set_content_range(&mut response, &format!("bytes */{size}"));
                }
            }
        }
        response.headers_mut().insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        response
    }

    /// Builds the response of [`TaggedBody::respond`] for personal data, with `no-store`: no cache on the way or in a browser keeps it. The app, which asks by
    /// `If-None-Match`, has a sealed store of its own.
    pub(crate) fn respond_without_cache(&self, request: &HeaderMap) -> Response {
        self.respond_with(request, "no-store")
    }

    fn respond_with(&self, request: &HeaderMap, cache_control: &'static str) -> Response {
        let mut response = if matches_etag(request, &self.etag) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            ([(header::CONTENT_TYPE, self.media_type)], self.bytes.clone()).into_response()
        };
        let headers = response.headers_mut();
        if let Ok(etag) = HeaderValue::try_from(&self.etag) {
            headers.insert(header::ETAG, etag);
        }
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache_control));
        response
    }
}

/// Range of a body that a request asks for.
enum RequestedRange {
    Full,
    Bytes(RangeInclusive<usize>),
    Unsatisfiable,
}

impl RequestedRange {
    /// Reads `Range` and `If-Range`. A header that cannot be read, and one of several ranges, means the full body (RFC 9110 §14.2).
    fn of(request: &HeaderMap, etag: &str, size: usize) -> Self {
        let if_range_differs =
            request.get(header::IF_RANGE).is_some_and(|tag| tag.as_bytes() != etag.as_bytes());
        let range = request.get(header::RANGE).and_then(|range| range.to_str().ok());
        let Some(parsed) =
            range.filter(|_| !if_range_differs).and_then(|range| parse_range_header(range).ok())
        else {
            return Self::Full;
        };
        let Ok(parts) = parsed.validate(size as u64) else { return Self::Unsatisfiable };
        let [part] = parts.as_slice() else { return Self::Full };
        match (usize::try_from(*part.start()), usize::try_from(*part.end())) {
            (Ok(start), Ok(end)) => Self::Bytes(start..=end),
            _ => Self::Unsatisfiable,
        }
    }
}

fn set_content_range(response: &mut Response, value: &str) {
    if let Ok(value) = HeaderValue::try_from(value) {
        response.headers_mut().insert(header::CONTENT_RANGE, value);
    }
}

fn matches_etag(request: &HeaderMap, etag: &str) -> bool {
    request
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(','))
        .map(str::trim)
        .any(|candidate| candidate == "*" || candidate.strip_prefix("W/").unwrap_or(candidate) == etag)
}

/// Counts requests that arrive over HTTP/2.
pub(crate) async fn count_http2(State(app): State<App>, request: Request, next: Next) -> Response {
    if request.version() == Version::HTTP_2 {
        app.http2_requests.fetch_add(1, Ordering::Relaxed);
    }
    next.run(request).await
}

/// Sets `Date` (RFC 9110 §6.6.1) from the portal's clock: phones with a wrong clock correct themselves by it.
pub(crate) async fn set_date(State(app): State<App>, mut response: Response) -> Response {
    let date = DateTimePrinter::new().timestamp_to_rfc9110_string(&app.now()).ok();
    if let Some(date) = date.and_then(|date| HeaderValue::try_from(date).ok()) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

/// Weakens the tag of a compressed body: it is not byte for byte the one that was tagged (RFC 9110 §8.8.1).
pub(crate) async fn weaken_etag(mut response: Response) -> Response {
    if response.headers().contains_key(header::CONTENT_ENCODING) {
        let etag = response.headers().get(header::ETAG).and_then(|etag| etag.to_str().ok());
        if let Some(weak) = etag.and_then(|etag| HeaderValue::try_from(format!("W/{etag}")).ok()) {
            response.headers_mut().insert(header::ETAG, weak);
        }
    }
    response
}

/// Sets `Cache-Control: no-store` unless the handler has set another.
pub(crate) async fn set_no_store(mut response: Response) -> Response {
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Sets the headers that protect whoever opens a response in a browser: HTTPS only (RFC 6797), the declared type only, no
/// URL sent to other sites as `Referer`. A 304 has none: its receiver keeps those of the response it holds.
pub(crate) async fn set_browser_headers(mut response: Response) -> Response {
    if response.status() != StatusCode::NOT_MODIFIED {
        for (name, value) in [
            (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::REFERRER_POLICY, "no-referrer"),
        ] {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
    }
    response
}
