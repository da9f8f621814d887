//! Gives the Windows programs their icon, version and manifest.

const ICON: &str = "assets/icons/juanzong.ico";
const MANIFEST: &str = "assets/windows/juanzong.manifest";
/// Simplified Chinese, as Windows numbers languages.
const LANGUAGE: u16 = 0x0804;
/// Each program with what the task list calls it.
const PROGRAMS: [(&str, &str); 2] = [("juanzong", "卷宗"), ("jz", "卷宗命令行工具 jz")];

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed={ICON}");
    println!("cargo::rerun-if-changed={MANIFEST}");
    if std::env::var_os("CARGO_CFG_WINDOWS").is_none() {
        return Ok(());
    }
    for (program, name) in PROGRAMS {
        winresource::WindowsResource::new()
            .set_icon(ICON)
            .set_manifest_file(MANIFEST)
            .set_language(LANGUAGE)
            .set("ProductName", "卷宗 Juanzong")
            .set("FileDescription", name)
            .set("OriginalFilename", &format!("{program}.exe"))
            .set("LegalCopyright", "© 2026 the Juanzong developers; MIT OR Apache-2.0")
            .compile_for(program)?;
    }
    Ok(())
}
