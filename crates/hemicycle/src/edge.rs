//! What wraps every request but those answered from the snapshot: bounds on headers, a number for the log, the headers
//! every answer carries, one line of access log without personal data.

use std::time::Instant;

use actix_kit::{Caller, Site, headers, health::Counters};
use actix_web::{
    Error, HttpMessage as _, ResponseError as _,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::{HeaderName, HeaderValue},
    middleware::Next,
    web,
};
use kernel::{Fault, Id, Kind};

/// Largest sum of all header names and values, in bytes.
const HEADERS_BYTES_MOST: usize = 16 * 1024;

/// Marks the number of a request in the log.
pub enum RequestNumber {}

/// The wrapper.
///
/// # Errors
/// What the handlers answer.
pub async fn wrap(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let begun = Instant::now();
    let number = Id::<RequestNumber>::random();
    let (method, path) = (
        request.method().clone(),
        request.match_pattern().unwrap_or_else(|| "(no route)".into()),
    );
    let counters = request.app_data::<web::Data<Counters>>().cloned();
    let running = counters.as_ref().map(|counters| counters.begun());
    let is_secure = request
        .app_data::<web::Data<Site>>()
        .is_some_and(|site| site.is_secure());
    request.extensions_mut().insert(number);
    let sum: usize = request
        .headers()
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len())
        .sum();
    let answered = if sum > HEADERS_BYTES_MOST {
        let caller = Caller::of(request.request());
        let problem = caller.problem(Fault::new(Kind::HeadersTooLarge, "headers_too_large"));
        Ok(request.into_response(problem.error_response()))
    } else {
        next.call(request).await.map(ServiceResponse::map_into_boxed_body)
    };
    let mut answer = answered?;
    headers::add_to(answer.headers_mut(), is_secure);
    if answer.status().as_u16() != 404 {
        let value = HeaderValue::from_str(&number.to_string()).unwrap_or(HeaderValue::from_static("-"));
        answer
            .headers_mut()
            .insert(HeaderName::from_static("x-request-id"), value);
    }
    let status = answer.status().as_u16();
    if let Some(counters) = counters {
        counters.answered(status);
        counters.took(begun.elapsed());
    }
    drop(running);
    tracing::info!(target: "access", %number, %method, path, status, ms = begun.elapsed().as_millis() as u64);
    Ok(answer)
}
