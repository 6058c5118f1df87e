//! `windowshop serve`: the storefront, the packs and the endpoint at one address.

use crate::endpoint::{self, DatabaseOption, Place, Settings};
use crate::output::Output;
use anyhow::Result;
use serde::Serialize;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;

/// Where things lie, and where to listen.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Folder of the built storefront; without it, packs and reports alone.
    #[arg(long, value_name = "DIR")]
    site: Option<PathBuf>,
    /// Folder of the packs, with `pack.json`.
    #[arg(long, value_name = "DIR")]
    packs: PathBuf,
    /// Folder of the shop key, and of the database where that is not elsewhere; made where it is missing.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    #[command(flatten)]
    database: DatabaseOption,
    /// Port to listen at; 0 takes any free one.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Address to listen at. What faces the world should stand behind a server that speaks TLS.
    #[arg(long, default_value = "127.0.0.1")]
    host: IpAddr,
    /// Price carts and grant promotions to the shop's own backend, which sends the shop key.
    #[arg(long)]
    checkout: bool,
    /// Play the demo shop's own backend too: it takes orders from the storefront at /demo/orders and holds the shop key.
    #[arg(long)]
    demo_backend: bool,
    /// What came of campaigns, for the page /marketer: a table as `windowshop evaluate response` reads it.
    #[arg(long, value_name = "FILE")]
    outcomes: Option<PathBuf>,
    /// How many servers of your own stand in front of this one, each adding to X-Forwarded-For whom it heard: reports are
    /// limited by the network they come from. Left out, what comes from this machine or a private network is not limited.
    #[arg(long, value_name = "COUNT")]
    proxies: Option<usize>,
    /// Key that opens the estimates and the checkout, at least 32 characters; without it, one is made in the data folder
    /// and told once.
    #[arg(long, env = "WINDOWSHOP_SHOP_KEY", hide_env_values = true, value_name = "KEY")]
    shop_key: Option<String>,
}

/// What a program that starts the endpoint is told, in one line.
#[derive(Serialize)]
struct Told<'a> {
    address: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    new_shop_key: Option<&'a str>,
}

impl Arguments {
    pub(crate) fn run(self, output: &Output) -> Result<ExitCode> {
        let settings = Settings {
            site: self.site,
            packs: self.packs,
            place: Place::of(&self.database, Some(&self.data))?,
            data: self.data,
            address: SocketAddr::new(self.host, self.port),
            checkout: self.checkout,
            demo_backend: self.demo_backend,
            outcomes: self.outcomes,
            proxies: self.proxies,
            key: self.shop_key,
        };
        // Compressing a large shop takes some seconds; the bar goes when the door opens.
        let bar = Output::progress("reading, compressing", 1);
        endpoint::serve(&settings, |started| {
            bar.finish_and_clear();
            let told = Told {
                address: format!("http://{}", started.address),
                new_shop_key: started.new_key.as_deref(),
            };
            if output.json {
                println!("{}", serde_json::json!(told));
                return;
            }
            println!("windowshop serves at {}", told.address);
            if let Some(key) = told.new_shop_key {
                println!("the shop key, told this once and kept in {}: {key}", settings.data.display());
            }
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
