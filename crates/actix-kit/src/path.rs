//! Ids and codes in an address. One that cannot be an id is answered as one that is not there: the same 404 to the byte.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use kernel::Fault;
use serde::de::DeserializeOwned;

use crate::{Caller, Problem};

/// The variable parts of the address: one, or a tuple of them in order.
#[derive(Debug)]
pub struct At<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for At<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let found = web::Path::<T>::from_request(request, payload).into_inner();
        ready(
            found
                .map(|parts| Self(parts.into_inner()))
                .map_err(|_| Caller::of(request).problem(Fault::not_found())),
        )
    }
}
