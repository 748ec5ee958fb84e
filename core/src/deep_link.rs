//! [`DeepLink`]: an address of the portal's site that opens a page of the app.

use fos_wire::{links, paths};
use reqwest::Url;

/// Page that a link opens, once the member is in the space: a link waits behind the sign-in, and files, sends and changes
/// nothing.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum DeepLink {
    /// `https://HOST/services`: the list of services.
    Services,
    /// `https://HOST/service/{id}`: the page of a service ([`crate::Services::service`]).
    Service {
        /// Id of the service.
        id: String,
    },
    /// `https://HOST/requests`: the member's requests.
    Requests,
    /// `https://HOST/request/{id}`: the page of a request ([`crate::Requests::request`]).
    Request {
        /// Id of the request.
        id: String,
    },
}

/// Longest id in a link: the portal's are shorter.
const MAX_ID_LENGTH: usize = 64;

impl DeepLink {
    /// Returns the page that `url` opens; `None` for another host than the portal's, and for anything else.
    pub(crate) fn parse(url: &str, portal: &Url) -> Option<Self> {
        let url = Url::parse(url).ok()?;
        if url.scheme() != "https" || url.host_str() != portal.host_str() || url.port() != portal.port() {
            return None;
        }
        let path = url.path().trim_end_matches('/');
        let id_after = |start: &str| path.strip_prefix(start).filter(|id| is_id(id)).map(str::to_owned);
        match path {
            links::SERVICES => Some(Self::Services),
            links::REQUESTS => Some(Self::Requests),
            _ => id_after(links::SERVICE)
                .map(|id| Self::Service { id })
                .or_else(|| id_after(links::REQUEST).map(|id| Self::Request { id })),
        }
    }
}

fn is_id(text: &str) -> bool {
    (1..=MAX_ID_LENGTH).contains(&text.len()) && text.chars().all(paths::is_id_character)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(url: &str) -> Option<DeepLink> {
        DeepLink::parse(url, &Url::parse("https://services.fos.test/portal/").unwrap())
    }

    #[test]
    fn a_link_to_a_page_of_the_app_names_it() {
        assert_eq!(parse("https://services.fos.test/services"), Some(DeepLink::Services));
        assert_eq!(parse("https://SERVICES.fos.test/requests/?from=mail#top"), Some(DeepLink::Requests));
        let service = DeepLink::Service { id: "hajj-grant".to_owned() };
        assert_eq!(parse("https://services.fos.test/service/hajj-grant"), Some(service));
        let request = DeepLink::Request { id: "0192_ab-7".to_owned() };
        assert_eq!(parse("https://services.fos.test/request/0192_ab-7/"), Some(request));
    }

    #[test]
    fn any_other_link_opens_nothing() {
        for url in [
            "",
            "/service/hajj-grant",
            "http://services.fos.test/services",
            "https://other.test/services",
            "https://services.fos.test:8443/services",
            "https://services.fos.test.other.test/services",
            "https://services.fos.test@other.test/services",
            "https://services.fos.test/",
            "https://services.fos.test/service/",
            "https://services.fos.test/service/a/b",
            "https://services.fos.test/services/a",
            "https://services.fos.test/service/..%2Fa",
            "https://services.fos.test/request/a b",
            "https://services.fos.test/v1/services",
            "fos://services",
        ] {
            assert_eq!(parse(url), None, "{url}");
        }
        assert_eq!(parse(&format!("https://services.fos.test/service/{}", "a".repeat(65))), None);
    }
}
