//! Fault injection for submitted requests: proves that none is lost and none is filed twice.
//!
//! A run replays a generated script against the real portal, breaks the network, the process, the disk or the clock at
//! chosen points, and compares at the end what the app confirmed with what exists:
//!
//! ```text
//!  script (seed) ──► run ──► injector: one member action under one fault
//!                              │
//!       kill -9, SIGSTOP,      │ commands, one JSON object a line
//!       file size limit        ▼
//!                    fos-faults-phone (the core) ──► toxiproxy ──► intercepting_proxy ──► fos-faults-portal
//!                              │                      cut, slow,     holds a call          │ kill -9, file size limit
//!                              │                      reset, down    before or after       │
//!                              ▼                                     the portal            ▼
//!                     member's database ─────► inspect ◄────────────────────────────── audit log
//!                                                 │
//!                             diary of the run ──►│
//!                                                 ▼
//!                       judge: findings      coverage: crash points that were hit ──► summary
//! ```
//!
//! 1. [`fault_script`] generates the member's actions and the faults from a seed and a run number.
//! 2. [`environment`] copies an account snapshot, starts a portal ([`portal_process`]), an [`intercepting_proxy`] in front
//!    of it and a [`toxiproxy`] link in front of that, and launches the [`phone_process`], which speaks the [`protocol`].
//! 3. [`run`] executes the script step by step through the [`injector`] and writes into the diary what the app confirmed
//!    to the member; [`form_data`] gives every revision of a form its own mark.
//! 4. At the end everything is restored, the phone refreshes until nothing is queued for the network, and [`judge`]
//!    compares the diary with what [`inspect`] reads.
//! 5. [`coverage`] records the crash points a run hit, from the state on disk; [`summary`] counts over all runs.
//!
//! [`self_test`] plants two known faults first, which the judge must find.

pub mod coverage;
pub mod environment;
pub mod fault_script;
pub mod form_data;
pub mod http;
pub mod injector;
pub mod inspect;
pub mod intercepting_proxy;
pub mod judge;
pub mod line_process;
pub mod phone_process;
pub mod portal_process;
pub mod protocol;
pub mod run;
pub mod self_test;
pub mod summary;
pub mod toxiproxy;
