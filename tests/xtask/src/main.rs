//! The house's commands: demo, test, bindings.
mod house;
mod progress;
fn main() {
    let _ = (house::House::here(), progress::Progress::new());
}
