//! `windowshop evaluate redemption`: who redeems a coupon, and which.

use crate::evaluation::redemption::{Evaluation, evaluate};
use crate::output::Output;
use std::path::PathBuf;
use std::process::ExitCode;

/// Arguments of `windowshop evaluate redemption`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A folder with Complete Journey's tables as Parquet.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// The campaigns to rank, such as `16-23`, by a model of those before; without it the last quarter of those that are
    /// over.
    #[arg(long, value_name = "FIRST-LAST", value_parser = range)]
    campaigns: Option<(u32, u32)>,
    /// Where the scores go: household_id,campaign_id,score; and beside it FILE-coupons.csv:
    /// campaign_id,household_id,coupon_upc,score.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

fn range(text: &str) -> Result<(u32, u32), String> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let number = |text: &str| text.parse().map_err(|_| "write one number, or two with - between".to_string());
    Ok((number(first)?, number(last)?))
}

impl Arguments {
    /// Fits, ranks and prints.
    pub(crate) fn run(self, output: &Output) -> anyhow::Result<ExitCode> {
        let evaluation = evaluate(&self.data, self.campaigns, self.out.as_deref())?;
        output.result(&evaluation, || print(&evaluation))?;
        Ok(ExitCode::SUCCESS)
    }
}

fn print(evaluation: &Evaluation) {
    let list = |ids: &[u32]| ids.iter().map(u32::to_string).collect::<Vec<_>>().join(" ");
    println!("fitted to campaigns {}; ranked {}", list(&evaluation.fitted), list(&evaluation.ranked));
    println!("{} households times campaigns, {} redeemed", evaluation.rows, evaluation.redeemed);
    println!("{:<36}{:>8}{:>20}{:>12}", "", "AUC", "within campaigns", "lift@10%");
    for told in &evaluation.rankings {
        println!("{:<36}{:>8.3}{:>20.3}{:>12.1}", told.name, told.auc, told.auc_within, told.lift_at_10);
    }
    for (which, told) in
        [("", evaluation.choices), (", where it is known which were sent", evaluation.known_choices)]
    {
        println!(
            "which coupon, by own spend{which}: hit@1 {:.3}, MRR {:.3} of {}",
            told.hit_at_1, told.reciprocal_rank, told.of
        );
    }
}
