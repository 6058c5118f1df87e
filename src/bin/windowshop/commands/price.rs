//! `windowshop price`: what carts cost. A cart by the rules of a pack ([`cart`]), or carts and rules of other engines by ours,
//! under their manners ([`cases`]).

mod cart;
mod cases;

use crate::output::Output;
use std::path::PathBuf;
use std::process::ExitCode;

/// Arguments of `windowshop price`.
#[derive(clap::Args)]
#[command(group = clap::ArgGroup::new("what").required(true))]
pub(crate) struct Arguments {
    /// The pack whose rules price a cart; or a folder with pack.json, for what is published there, deltas included.
    #[arg(long, group = "what")]
    pack: Option<PathBuf>,
    /// Deltas to apply to the pack, in order.
    #[arg(long, requires = "pack")]
    delta: Vec<PathBuf>,
    /// When it is bought, such as 2026-11-22T12:00 (shop time). Default: now.
    #[arg(long, value_name = "INSTANT", requires = "pack")]
    at: Option<String>,
    /// The cart, as `POST /v1/quotes` takes it: `{"lines": [{"item", "size", "quantity"}], "codes": [...], ...}`; standard
    /// input where left out.
    #[arg(requires = "pack")]
    cart: Option<PathBuf>,
    /// A file of cases, each with a cart, promotions and whose manners they are priced by; several may be given.
    #[arg(long, group = "what")]
    cases: Vec<PathBuf>,
    /// Where to write what each case costs, by its id; standard output where left out.
    #[arg(long, requires = "cases")]
    out: Option<PathBuf>,
}

impl Arguments {
    /// Prices what is asked for.
    pub(crate) fn run(self, output: &Output) -> anyhow::Result<ExitCode> {
        match self.pack {
            Some(pack) => cart::price(&pack, &self.delta, self.at.as_deref(), self.cart.as_deref(), output),
            None => cases::price(&self.cases, self.out.as_deref(), output),
        }
    }
}
