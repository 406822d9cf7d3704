//! The binary: one line, so that tests can start the same server in their own process; and the allocator, which gives back
//! what a burst took, also what SQLite took (docs/performance.md).

#[cfg(all(target_os = "linux", feature = "jemalloc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> std::process::ExitCode {
    hemicycle::commands::run()
}
