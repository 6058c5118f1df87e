//! `windowshop evaluate value`: how well it is foretold who buys again, and for how much.

use crate::evaluation::value::{Evaluation, Foretold, evaluate};
use crate::output::Output;
use std::path::PathBuf;
use std::process::ExitCode;

/// Arguments of `windowshop evaluate value`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A folder with the CDNOW files `CDNOW_sample.txt` and `CDNOW_master.txt`, as published.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
}

impl Arguments {
    /// Fits, foretells and prints.
    pub(crate) fn run(self, output: &Output) -> anyhow::Result<ExitCode> {
        let evaluation = evaluate(&self.data)?;
        output.result(&evaluation, || print(&evaluation))?;
        Ok(ExitCode::SUCCESS)
    }
}

fn print(evaluation: &Evaluation) {
    println!("fitted to 39 weeks, held against the 39 weeks after");
    for set in &evaluation.sets {
        let (purchases, spending) = (set.bg_nbd, set.gamma_gamma);
        println!("{}: {} customers, {} of them came back", set.name, set.customers, set.repeaters);
        println!(
            "  BG/NBD r {:.4} alpha {:.4} a {:.4} b {:.4}, log likelihood {:.2}",
            purchases.r, purchases.alpha, purchases.a, purchases.b, set.log_likelihood
        );
        println!("  Gamma-Gamma p {:.3} q {:.3} v {:.3}", spending.p, spending.q, spending.v);
        println!("  {:<44}{:>10}{:>13}{:>12}", "", "MAE", "correlation", "sum");
        let line = |name: &str, told: &Foretold| {
            println!("  {name:<44}{:>10.3}{:>13.3}{:>12.0}", told.mean_absolute_error, told.correlation, told.sum);
        };
        line("days of buying, by the models", &set.days);
        line("days of buying, by the tab's table", &set.days_of_table);
        line("days of buying, at the rate so far", &set.days_at_own_rate);
        line("value, by the models", &set.value);
        line("value, by the tab's table", &set.value_of_table);
        line("value, at the rate so far", &set.value_at_own_rate);
        println!("  it was {} days of buying and {:.0} of value", set.actual_days, set.actual_value);
    }
}
