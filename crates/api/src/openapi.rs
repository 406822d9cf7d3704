//! `docs/openapi.json`, made from the table of routes (OpenAPI 3.1).

use std::sync::OnceLock;

use actix_kit::problem::ProblemBody;
use kernel::Coded as _;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        ComponentsBuilder, ContactBuilder, Content, HttpMethod, InfoBuilder, KnownFormat, LicenseBuilder,
        ObjectBuilder, OpenApi, OpenApiBuilder, PathItem, PathsBuilder, Ref, RefOr, Required,
        ResponseBuilder, Schema, SchemaFormat,
        path::{OperationBuilder, ParameterBuilder, ParameterIn},
        request_body::RequestBodyBuilder,
        schema::{ArrayBuilder, Type},
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme},
    },
};

use crate::{
    routes,
    table::{Line, Shape},
};

/// The whole document.
pub fn document() -> OpenApi {
    let lines = routes::all();
    let mut components = ComponentsBuilder::new()
        .schema("Problem", <ProblemBody as PartialSchema>::schema())
        .security_scheme(
            "token",
            SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build()),
        )
        .security_scheme(
            "session",
            SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("hemicycle"))),
        );
    let mut nested = Vec::new();
    <ProblemBody as ToSchema>::schemas(&mut nested);
    for (name, schema) in nested.into_iter().chain(lines.iter().flat_map(schemas)) {
        components = components.schema(name, schema);
    }
    let mut paths = PathsBuilder::new();
    for line in &lines {
        paths = paths.path(
            format!("/api/v1{}", line.path),
            PathItem::new(method(line), operation(line)),
        );
    }
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("Hemicycle")
                .version("1")
                .description(Some("A world congress of local and regional governments: programme, registration, members' meetings."))
                .license(Some(LicenseBuilder::new().name("MIT OR Apache-2.0").build()))
                .contact(Some(ContactBuilder::new().name(Some("The people who run this server")).build()))
                .build(),
        )
        .paths(paths.build())
        .components(Some(components.build()))
        .build()
}

/// The document as it is committed and served; made once.
pub fn json() -> &'static str {
    static JSON: OnceLock<String> = OnceLock::new();
    JSON.get_or_init(|| {
        let mut text = document().to_pretty_json().unwrap_or_default();
        text.push('\n');
        text
    })
}

/// The named schemas of a line.
pub(crate) fn schemas(line: &Line) -> Vec<(String, RefOr<Schema>)> {
    let shapes = line.takes.iter().chain(&line.gives);
    shapes
        .flat_map(|shape| (shape.schemas)())
        .chain(line.asks_schemas.iter().flat_map(|schemas| schemas()))
        .collect()
}

fn method(line: &Line) -> HttpMethod {
    match line.method.as_str() {
        "POST" => HttpMethod::Post,
        "PUT" => HttpMethod::Put,
        "DELETE" => HttpMethod::Delete,
        _ => HttpMethod::Get,
    }
}

fn operation(line: &Line) -> utoipa::openapi::path::Operation {
    let name = format!(
        "{}{}",
        line.method.as_str().to_lowercase(),
        line.path.replace(['/', '-', '{', '}', '.'], "_")
    );
    let tag = line.path.split('/').nth(1).unwrap_or_default();
    let mut operation = OperationBuilder::new()
        .operation_id(Some(name.trim_end_matches('_').to_owned()))
        .summary(Some(line.summary))
        .description(Some(format!("Act: `{}`.", line.act.code())))
        .tag(tag);
    for part in line.path.split('/').filter(|part| part.starts_with('{')) {
        let name = part.trim_matches(['{', '}']);
        operation = operation.parameter(parameter(name, ParameterIn::Path, true, text()));
    }
    for (name, schema) in line.asks.iter().flat_map(|fields| fields()) {
        operation = operation.parameter(parameter(&name, ParameterIn::Query, false, schema));
    }
    if line.gives.as_ref().is_some_and(|shape| shape.is_paged) {
        operation = operation.parameter(parameter("after", ParameterIn::Query, false, text()));
        operation = operation.parameter(parameter("limit", ParameterIn::Query, false, number()));
    }
    if line.is_once {
        operation = operation.parameter(parameter("Idempotency-Key", ParameterIn::Header, true, text()));
    }
    if line.is_versioned {
        operation = operation.parameter(parameter("If-Match", ParameterIn::Header, true, text()));
    }
    if let Some(shape) = &line.takes {
        let content = Content::new(Some(Ref::from_schema_name((shape.name)())));
        operation = operation.request_body(Some(
            RequestBodyBuilder::new()
                .content("application/json", content)
                .required(Some(Required::True))
                .build(),
        ));
    }
    if !line.takes_media.is_empty() {
        let body = line
            .takes_media
            .iter()
            .fold(RequestBodyBuilder::new(), |body, media| {
                body.content(*media, Content::new(Some(file())))
            });
        operation = operation.request_body(Some(body.required(Some(Required::True)).build()));
    }
    if line.needs_account {
        operation = operation.security(SecurityRequirement::new("token", Vec::<String>::new()));
        operation = operation.security(SecurityRequirement::new("session", Vec::<String>::new()));
    }
    let mut answer = ResponseBuilder::new().description(line.summary);
    if let Some(shape) = &line.gives {
        answer = answer.content("application/json", Content::new(Some(given(shape))));
    }
    if let Some(media) = line.gives_media {
        // JSON by somebody else's schema is not described here: it is no text, and any of its values may stand.
        let content = match media {
            "application/json" => Content::new(None::<RefOr<Schema>>),
            _ => Content::new(Some(text())),
        };
        answer = answer.content(media, content);
    }
    for media in line.gives_any {
        let content = if media.starts_with("text/") {
            text()
        } else {
            file()
        };
        answer = answer.content(*media, Content::new(Some(content)));
    }
    let problem = ResponseBuilder::new()
        .description("What is wrong, and what to do about it (RFC 9457)")
        .content(
            "application/problem+json",
            Content::new(Some(Ref::from_schema_name("Problem"))),
        );
    operation
        .response(line.good_status().to_string(), answer.build())
        .response("default", problem.build())
        .build()
}

fn given(shape: &Shape) -> RefOr<Schema> {
    let one = Ref::from_schema_name((shape.name)());
    if !shape.is_list {
        return one.into();
    }
    let list = ObjectBuilder::new()
        .property("items", ArrayBuilder::new().items(one))
        .required("items");
    if !shape.is_paged {
        return list.into();
    }
    let next = ObjectBuilder::new()
        .schema_type(Type::String)
        .description(Some("Where the next page begins: send it as `after`"));
    list.property("next", next).into()
}

fn parameter(
    name: &str,
    place: ParameterIn,
    required: bool,
    schema: RefOr<Schema>,
) -> utoipa::openapi::path::Parameter {
    let required = if required { Required::True } else { Required::False };
    ParameterBuilder::new()
        .name(name)
        .parameter_in(place)
        .required(required)
        .schema(Some(schema))
        .build()
}

fn text() -> RefOr<Schema> {
    ObjectBuilder::new().schema_type(Type::String).into()
}

fn file() -> RefOr<Schema> {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)))
        .into()
}

fn number() -> RefOr<Schema> {
    ObjectBuilder::new().schema_type(Type::Integer).into()
}
