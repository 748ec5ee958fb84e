//! Pages of the portal's site that open the app: a link in a mail or a circular leads to them.

/// Path of the list of services.
pub const SERVICES: &str = "/services";
/// Beginning of the path of a service's page; its id follows.
pub const SERVICE: &str = "/service/";
/// Path of the member's requests.
pub const REQUESTS: &str = "/requests";
/// Beginning of the path of a request's page; its id follows.
pub const REQUEST: &str = "/request/";
