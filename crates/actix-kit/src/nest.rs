//! Routes nested by the parts of their paths, so that a request is compared with those that begin as it does, and not with
//! every route there is.

use actix_web::{Resource, Route, Scope, web};

/// What a path answers with: fills the resource that was made for it, and puts it into the scope.
pub type Fill = Box<dyn FnOnce(Scope, Resource) -> Scope>;

/// Puts paths into a scope, with a scope of its own for each beginning that several share. At each place of a path fixed
/// parts are compared before variable ones, and those before variable parts that begin further paths; otherwise the order
/// stays. Whatever matches nothing is answered by `missing`.
pub fn nest(scope: Scope, paths: Vec<(&'static str, Fill)>, missing: fn() -> Route) -> Scope {
    let mut groups: Vec<(&'static str, Vec<(&'static str, Fill)>)> = Vec::new();
    for (path, fill) in paths {
        let (first, rest) = first_part(path);
        match groups.iter_mut().find(|(known, _)| *known == first) {
            Some((_, group)) => group.push((rest, fill)),
            None => groups.push((first, vec![(rest, fill)])),
        }
    }
    groups.sort_by_key(|(first, group)| (first.contains('{'), group.len() > 1));
    let mut scope = scope;
    for (first, mut group) in groups {
        scope = match group.pop() {
            Some((rest, fill)) if group.is_empty() || first.is_empty() => {
                fill(scope, web::resource(format!("{first}{rest}")))
            }
            last => {
                group.extend(last);
                scope.service(nest(web::scope(first), group, missing))
            }
        };
    }
    scope.default_service(missing())
}

/// The first part of a path and what follows: `/sessions` and `/{id}/seat`.
fn first_part(path: &'static str) -> (&'static str, &'static str) {
    let second = path.match_indices('/').map(|(at, _)| at).nth(1);
    path.split_at(second.unwrap_or(path.len()))
}

#[cfg(test)]
mod tests {
    use actix_web::{
        App, HttpRequest, HttpResponse,
        http::StatusCode,
        rt,
        test::{TestRequest, call_service, init_service, read_body},
    };

    use super::*;

    fn missing() -> Route {
        web::to(|| async { HttpResponse::NotFound().body("missing") })
    }

    fn answering(path: &'static str) -> (&'static str, Fill) {
        let tell = move |request: HttpRequest| async move {
            let ids: Vec<String> = request
                .match_info()
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            HttpResponse::Ok().body(format!("{path} {}", ids.join(" ")))
        };
        (
            path,
            Box::new(move |scope: Scope, resource| scope.service(resource.route(web::get().to(tell)))),
        )
    }

    #[test]
    fn a_request_finds_the_particular_path_before_the_general_one_and_what_is_not_there_is_missing() {
        let paths = || {
            vec![
                answering("/"),
                answering("/{lang}"),
                answering("/{lang}/{edition}"),
                answering("/{lang}/{edition}/programme"),
                answering("/{lang}/{edition}/sessions/{id}"),
                answering("/{lang}/desk/{edition}/rooms"),
                answering("/{lang}/desk/{edition}"),
                answering("/{lang}/desk/people"),
                answering("/{lang}/{edition}/{file}.ics"),
                answering("/static/{file}"),
            ]
        };
        rt::System::new().block_on(async {
            let app = init_service(App::new().service(nest(web::scope(""), paths(), missing))).await;
            for (asked, expected) in [
                ("/", "/ "),
                ("/en", "/{lang} lang=en"),
                ("/en/durban", "/{lang}/{edition} lang=en edition=durban"),
                (
                    "/en/durban/programme",
                    "/{lang}/{edition}/programme lang=en edition=durban",
                ),
                (
                    "/en/durban/all.ics",
                    "/{lang}/{edition}/{file}.ics lang=en edition=durban file=all",
                ),
                (
                    "/en/durban/sessions/7",
                    "/{lang}/{edition}/sessions/{id} lang=en edition=durban id=7",
                ),
                ("/en/desk/people", "/{lang}/desk/people lang=en"),
                (
                    "/en/desk/durban/rooms",
                    "/{lang}/desk/{edition}/rooms lang=en edition=durban",
                ),
                ("/en/desk/durban", "/{lang}/desk/{edition} lang=en edition=durban"),
                ("/static/a.css", "/static/{file} file=a.css"),
            ] {
                let answer = call_service(&app, TestRequest::get().uri(asked).to_request()).await;
                assert_eq!(answer.status(), StatusCode::OK, "{asked}");
                assert_eq!(read_body(answer).await, expected, "{asked}");
            }
            for asked in [
                "/en/durban/nothing",
                "/en/",
                "/static/a/b",
                "/en/desk/durban/rooms/1/2",
            ] {
                let answer = call_service(&app, TestRequest::get().uri(asked).to_request()).await;
                assert_ne!(answer.status(), StatusCode::OK, "{asked}");
            }
        });
    }
}
