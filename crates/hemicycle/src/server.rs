//! The server: binds, answers until told to stop, then finishes what it is at and closes the database.

use std::{
    net::{SocketAddr, TcpListener},
    sync::mpsc,
    thread::JoinHandle,
    time::Duration,
};

use ::web as pages;
use actix_kit::{health, metrics};
use actix_web::{
    App, HttpServer,
    dev::{Server, ServerHandle},
    middleware::from_fn,
    rt, web,
};

use crate::{commands::said, config::Config, edge, wiring::House, worker::Workers};

/// How long a client may take to send its headers.
const HEADERS_TIME: Duration = Duration::from_secs(10);
/// How long a connection may stay open between requests.
const KEEP_ALIVE: Duration = Duration::from_secs(30);
/// How long what was sent to a client may lie unread: then its connection is broken, and what it held is free again.
const UNREAD_TIME: Duration = Duration::from_secs(60);
/// How long a client may take to close a connection, and our own threads to let go of the database.
const CLOSING_TIME: Duration = Duration::from_secs(2);

/// A running server. Dropped, it stops at once.
pub struct Running {
    address: SocketAddr,
    metrics: Option<SocketAddr>,
    handles: Vec<ServerHandle>,
    thread: Option<JoinHandle<()>>,
    over: mpsc::Receiver<()>,
    workers: Option<Workers>,
    house: Option<House>,
}

/// Starts to serve; the answer comes when the address is bound and the public programme is ready.
///
/// # Errors
/// What stands in the way, for the operator.
pub fn start(config: &Config, house: House) -> Result<Running, String> {
    house.refresh_snapshots().map_err(said)?;
    let (listener, address) = listen("server.addr", config.server.addr)?;
    let measures = config
        .metrics_addr()
        .map(|addr| listen("server.metrics_addr", addr))
        .transpose()?;
    let (measures, metrics) = measures.unzip();
    let (tell_handles, handles) = mpsc::sync_channel(1);
    let (tell_over, over) = mpsc::sync_channel(1);
    let (served, settings) = (house.clone(), config.server.clone());
    let thread = std::thread::Builder::new()
        .name("http".into())
        .spawn(move || {
            let served =
                rt::System::new().block_on(serve(served, settings, listener, measures, tell_handles));
            if let Err(error) = served {
                tracing::error!(%error, "the server ended");
            }
            tell_over.send(()).ok();
        })
        .map_err(|error| error.to_string())?;
    let handles = handles
        .recv()
        .map_err(|_| format!("server.addr = {address}: cannot be served"))?;
    Ok(Running {
        address,
        metrics,
        handles,
        thread: Some(thread),
        over,
        workers: Some(Workers::start(&house).map_err(said)?),
        house: Some(house),
    })
}

fn listen(setting: &str, addr: SocketAddr) -> Result<(TcpListener, SocketAddr), String> {
    let bound = TcpListener::bind(addr).and_then(|listener| {
        let address = listener.local_addr()?;
        Ok((listener, address))
    });
    bound.map_err(|error| format!("{setting} = {addr}: {error}"))
}

async fn serve(
    house: House,
    settings: crate::config::Server,
    listener: TcpListener,
    measures: Option<TcpListener>,
    tell_handles: mpsc::SyncSender<Vec<ServerHandle>>,
) -> std::io::Result<()> {
    let measured = house.clone();
    let door = house
        .site
        .settings()
        .demo
        .then(|| web::Data::new(crate::demo::door::door(&house)));
    let app = move || {
        let app = App::new();
        let app = match &door {
            Some(door) => app.app_data(door.clone()),
            None => app,
        };
        app.app_data(web::Data::new(house.site.clone()))
            .app_data(web::Data::from(std::sync::Arc::clone(&house.counters)))
            .app_data(web::Data::from(std::sync::Arc::clone(&house.admissions)))
            .app_data(web::Data::from(std::sync::Arc::clone(&house.snapshots)))
            .app_data(web::Data::from(std::sync::Arc::clone(&house.printer)))
            .app_data(web::Data::new(house.live.clone()))
            .app_data(web::Data::new(house.files.clone()))
            .app_data(web::Data::new(house.hasher.clone()))
            .app_data(web::Data::new(house.webhooks.clone()))
            .app_data(web::Data::new(house.providers.clone()))
            .wrap(from_fn(edge::wrap))
            .wrap(house.front.clone())
            .route("/healthz", web::get().to(health::lives))
            .route("/readyz", web::get().to(health::ready))
            .configure(api::configure)
            .configure(pages::configure)
    };
    let server = HttpServer::new(app)
        .client_request_timeout(HEADERS_TIME)
        .client_disconnect_timeout(CLOSING_TIME)
        .keep_alive(KEEP_ALIVE)
        .shutdown_timeout(settings.stop_seconds)
        .on_connect(|connection, _| bound_unread(connection))
        .disable_signals();
    let server = match settings.workers {
        0 => server,
        workers => server.workers(workers),
    };
    let server = server.listen(listener)?.run();
    let mut handles = vec![server.handle()];
    let Some(measures) = measures else {
        tell_handles.send(handles).ok();
        return server.await;
    };
    let measures = serve_metrics(&measured, measures)?;
    drop(measured);
    handles.push(measures.handle());
    tell_handles.send(handles).ok();
    let (served, told) = futures_util::future::join(server, measures).await;
    served.and(told)
}

/// A stream of events has no end by which a client that stopped reading could be told from one that hears nothing: the
/// system breaks its connection. Elsewhere than on Linux it stays until the client's system gives it up.
fn bound_unread(connection: &dyn std::any::Any) {
    #[cfg(target_os = "linux")]
    if let Some(stream) = connection.downcast_ref::<rt::net::TcpStream>()
        && let Err(error) = socket2::SockRef::from(stream).set_tcp_user_timeout(Some(UNREAD_TIME))
    {
        tracing::warn!(%error, "a connection has no bound on what lies unread");
    }
    #[cfg(not(target_os = "linux"))]
    let _ = (connection, UNREAD_TIME);
}

/// On an address of its own, which the proxy does not know: what is measured is for operators (decision 9).
fn serve_metrics(house: &House, listener: TcpListener) -> std::io::Result<Server> {
    let (site, counters) = (
        web::Data::new(house.site.clone()),
        web::Data::from(std::sync::Arc::clone(&house.counters)),
    );
    let app = move || {
        App::new()
            .app_data(site.clone())
            .app_data(counters.clone())
            .route("/metrics", web::get().to(metrics::metrics))
    };
    let server = HttpServer::new(app)
        .workers(1)
        .client_request_timeout(HEADERS_TIME)
        .client_disconnect_timeout(CLOSING_TIME)
        .shutdown_timeout(CLOSING_TIME.as_secs())
        .disable_signals();
    Ok(server.listen(listener)?.run())
}

impl Running {
    /// The address it listens on; the port is the one the system chose when 0 was asked for.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where `/metrics` is, if anywhere.
    pub const fn metrics_address(&self) -> Option<SocketAddr> {
        self.metrics
    }

    /// What it runs on; for tests.
    ///
    /// # Panics
    /// Never: it is there until the server is stopped, which takes the server.
    pub fn house(&self) -> &House {
        self.house.as_ref().expect("there until stopped")
    }

    /// Serves until SIGINT or SIGTERM, then: not ready, no new connections, running requests finished, workers stopped,
    /// denials written, the database closed.
    ///
    /// # Errors
    /// When signals cannot be listened for, or the server ended by itself.
    pub fn until_stopped(mut self) -> Result<(), String> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| error.to_string())?;
        let ended = runtime.block_on(async {
            use tokio::signal::unix::{SignalKind, signal};
            let mut interrupted = signal(SignalKind::interrupt()).map_err(|error| error.to_string())?;
            let mut terminated = signal(SignalKind::terminate()).map_err(|error| error.to_string())?;
            let mut look = tokio::time::interval(Duration::from_secs(1));
            loop {
                tokio::select! {
                    _ = interrupted.recv() => return Ok(()),
                    _ = terminated.recv() => return Ok(()),
                    _ = look.tick() => {
                        if self.over.try_recv().is_ok() {
                            return Err("the server ended by itself: see the log".to_owned());
                        }
                    }
                }
            }
        });
        tracing::info!("stopping");
        self.end(true);
        ended
    }

    /// Stops, letting running requests finish.
    pub fn stop(mut self) {
        self.end(true);
    }

    fn end(&mut self, is_graceful: bool) {
        let Some(house) = self.house.take() else { return };
        house.counters.stop();
        // Streams never end by themselves.
        house.live.close();
        // Asking is enough: the server's own threads do it, and the one below ends when it is done.
        for handle in &self.handles {
            drop(handle.stop(is_graceful));
        }
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the server panicked");
        }
        if let Some(workers) = self.workers.take() {
            workers.stop();
        }
        if let Err(fault) = house.site.flush_denials() {
            tracing::error!(%fault, "denials were lost");
        }
        // The server's threads let go of the house a moment after they said that they are done.
        let database = house.site.db().clone();
        drop(house);
        if !database.close(CLOSING_TIME) {
            tracing::warn!("the database is still in use");
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end(false);
    }
}
