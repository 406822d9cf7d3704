//! What can go wrong with webhooks, beyond what everybody shares.

kernel::faults! {
    /// What can go wrong with an endpoint or a delivery.
    pub enum WebhookFault {
        /// It is no address of the web.
        NotAnAddress => Invalid, "webhook_not_an_address", at "url";
        /// Only `https` addresses are told, unless the settings name their host.
        NotHttps => Invalid, "webhook_not_https", at "url";
        /// The address is inside a network: this machine's, a private one, a link's.
        PrivateAddress => Invalid, "webhook_address_private", at "url";
        /// The address is this site's own: it would tell itself in a circle.
        OwnSite => Invalid, "webhook_own_site", at "url";
        /// An edition has as many endpoints as it may have.
        TooManyEndpoints { most: i64 } => Conflict, "too_many_webhooks";
        /// It is being sent just now.
        BeingSent => Conflict, "webhook_being_sent";
    }
}
