use super::super::fold::fold;
use super::*;

fn base(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Money => "元",
        Dimension::Area => "m²",
        Dimension::Length => "m",
        Dimension::Mass => "kg",
        Dimension::Volume => "m³",
        Dimension::Percent => "%",
        Dimension::People => "人",
        Dimension::Households => "户",
        Dimension::Duration => "h",
        Dimension::Power => "kW",
        Dimension::Energy => "kWh",
        Dimension::Temperature => "℃",
        Dimension::Counted(word) => word,
    }
}

/// Amounts as `[text]value base`, the value with three decimals at most.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let chars: Vec<char> = text.chars().collect();
    let shown: Vec<String> = amounts(&fold(text))
        .map(|amount| {
            let written: String = chars[amount.range.clone()].iter().collect();
            format!(
                "[{written}]{}{}",
                (amount.quantity.value() * 1000.0).round() / 1000.0,
                base(amount.quantity.unit.dimension)
            )
        })
        .collect();
    assert_eq!(shown, expected, "{text}");
}

#[test]
fn money_is_in_yuan() {
    check("投资5.6亿元", &["[5.6亿元]560000000元"]);
    check("投资５．６亿元", &["[５．６亿元]560000000元"]);
    check("1340.87万元", &["[1340.87万元]13408700元"]);
    check("约120亿元的项目", &["[120亿元]12000000000元"]);
    check("补助10多万元,", &["[10多万元]100000元"]);
    check("4余万元", &["[4余万元]40000元"]);
    check("5000元", &["[5000元]5000元"]);
    check("1,340.5元", &["[1,340.5元]1340.5元"]);
    check("2千万元", &["[2千万元]20000000元"]);
    check("3亿5000万元", &["[3亿5000万元]350000000元"]);
    check("5.6 亿元", &["[5.6 亿元]560000000元"]);
    check("20 元", &["[20 元]20元"]);
    check("1.5萬億圓", &[]);
    check("1.5萬億元", &["[1.5萬億元]1500000000000元"]);
    check("5亿美元", &["[5亿美元]500000000美元"]);
}

#[test]
fn area_is_in_square_metres() {
    check("3万余亩", &["[3万余亩]20000000m²"]);
    check("15亩", &["[15亩]10000m²"]);
    check("1.5公顷", &["[1.5公顷]15000m²"]);
    check("12㏊", &["[12㏊]120000m²"]);
    check("10万平方米", &["[10万平方米]100000m²"]);
    check("250㎡", &["[250㎡]250m²"]);
    check("250m²,250 M2", &["[250m²]250m²", "[250 M2]250m²"]);
    check("63.5平方公里", &["[63.5平方公里]63500000m²"]);
    check("120平方的房子", &["[120平方]120m²"]);
}

#[test]
fn length_mass_and_volume() {
    check("7公里地", &["[7公里]7000m"]);
    check("5千米", &["[5千米]5000m"]);
    check("3.2㎞", &["[3.2㎞]3200m"]);
    check("120米长", &["[120米]120m"]);
    check("8里路", &["[8里]4000m"]);
    check("30厘米", &["[30厘米]0.3m"]);
    check("7万吨;", &["[7万吨]70000000kg"]);
    check("3千克", &["[3千克]3kg"]);
    check("500斤", &["[500斤]250kg"]);
    check("2000立方米", &["[2000立方米]2000m³"]);
    check("500毫升", &["[500毫升]0.001m³"]);
}

#[test]
fn shares() {
    check("增长12.5%", &["[12.5%]12.5%"]);
    check("增长１２．５％", &["[１２．５％]12.5%"]);
    check("提高3个百分点", &["[3个百分点]3%"]);
    check("百分之三十五", &["[百分之三十五]35%"]);
    check("百分之12.5", &["[百分之12.5]12.5%"]);
    check("百分之百", &["[百分之百]100%"]);
    check("千分之五", &["[千分之五]0.5%"]);
}

#[test]
fn people_households_and_things() {
    check("28名优秀党员", &["[28名]28人"]);
    check("3.2万人", &["[3.2万人]32000人"]);
    check("3户,涉及12个人", &["[3户]3户", "[12个人]12人"]);
    check("接待游客30万人次", &["[30万人次]300000人次"]);
    check("10个行政村", &["[10个]10个"]);
    check("7余套;", &["[7余套]7套"]);
    check("2栋楼、4所学校", &["[2栋]2栋", "[4所]4所"]);
}

#[test]
fn other_measures() {
    check("水温63℃", &["[63℃]63℃"]);
    check("零下5℃到-3℃", &["[零下5℃]-5℃", "[-3℃]-3℃"]);
    check("装机5万千瓦", &["[5万千瓦]50000kW"]);
    check("发电120万千瓦时", &["[120万千瓦时]1200000kWh"]);
    check("3天5小时", &["[3天]72h", "[5小时]5h"]);
}

#[test]
fn numerals_that_are_clear() {
    check("三万亩", &["[三万亩]20000000m²"]);
    check("二十八户", &["[二十八户]28户"]);
    check("十二公里", &["[十二公里]12000m"]);
    check("三万五千人", &["[三万五千人]35000人"]);
    check("一千二百万元", &["[一千二百万元]12000000元"]);
    check("三点五亿元", &["[三点五亿元]350000000元"]);
    check("两亿三千万元", &["[两亿三千万元]230000000元"]);
    check("一百零二名", &["[一百零二名]102人"]);
    check("三十多万元", &["[三十多万元]300000元"]);
    check("两萬畝", &["[两萬畝]13333333.333m²"]);
}

#[test]
fn numerals_that_are_not() {
    check("七八个", &[]);
    check("三四十亩", &[]);
    check("三千五亩", &[]);
    check("数十亩,几百户", &[]);
    check("千家万户", &[]);
    check("万亩良田", &[]);
    check("第三名", &[]);
}

#[test]
fn a_range_is_two_amounts_at_one_place() {
    check("10-20万元", &["[10-20万元]100000元", "[10-20万元]200000元"]);
    check("10—20万元", &["[10—20万元]100000元", "[10—20万元]200000元"]);
    check("10～20%", &["[10～20%]10%", "[10～20%]20%"]);
    check("5000至8000元", &["[5000至8000元]5000元", "[5000至8000元]8000元"]);
    check("三到五亩", &["[三到五亩]2000m²", "[三到五亩]3333.333m²"]);
    check("10万元至20万元", &["[10万元]100000元", "[20万元]200000元"]);
    check("9千-1.2万元", &["[9千-1.2万元]9000元", "[9千-1.2万元]12000元"]);
}

#[test]
fn dates_codes_and_names_are_no_amounts() {
    for text in [
        "2017年",
        "2017年9月28日",
        "2017-09-28",
        "二〇一七年",
        "十九大",
        "5月开工",
        "2个月就",
        "第3名",
        "第28个",
        "0375-6038110",
        "电话13800138000",
        "A4个",
        "G207公里",
        "1.2.3米",
        "2017.9.28天",
        "007个",
        "12:30",
        "2017人民日报",
        "120",
        "3/4",
        "一带一路",
        "5个工作日",
        "1234567890123456789元",
        "",
    ] {
        check(text, &[]);
    }
}

/// Whether the amounts of `text` are among those asked for.
#[track_caller]
fn asked(typed: &str, text: &str, expected: bool) {
    let range = AmountRange::parse(&fold(typed)).unwrap_or_else(|| panic!("{typed} is a range"));
    assert_eq!(amounts(&fold(text)).any(|amount| range.contains(&amount.quantity)), expected, "{typed} in {text}");
}

#[test]
fn amounts_are_compared_in_one_unit() {
    asked(">100亿元", "120亿元", true);
    asked(">100亿元", "1.2万亿元", true);
    asked(">100亿元", "100亿元", false);
    asked(">=100亿元", "100亿元", true);
    asked("≥100亿元", "1000000万元", true);
    asked("＞１００亿元", "120亿元", true);
    asked(">100亿元", "120亿美元", false);
    asked(">1公顷", "20亩", true);
    asked(">1公顷", "15亩", false);
    asked(">=1公顷", "15亩", true);
    asked("<=15亩", "1公顷", true);
    asked("<1公里", "900米", true);
    asked(">30%", "百分之三十五", true);
    asked(">10个", "12个", true);
    asked(">10个", "12家", false);
    asked(">-5℃", "零下3℃", true);
    asked("<百分之十", "5%", true);
}

#[test]
fn a_range_includes_its_ends() {
    asked("100..200亿元", "100亿元", true);
    asked("100..200亿元", "200亿元", true);
    asked("100..200亿元", "99亿元", false);
    asked("100..200亿元", "201亿元", false);
    asked("200..100亿元", "150亿元", true);
    asked("5000万..1亿元", "8000万元", true);
    asked("10亩..1公顷", "12亩", true);
    asked("10亩..1公顷", "16亩", false);
    asked("12..18万元", "10-15万元", true);
}

#[test]
fn without_a_unit_numbers_are_compared_as_written() {
    asked(">1.2万", "1.3万亩", true);
    asked(">1.2万", "13000元", true);
    asked(">1.2万", "1.2万元", false);
    asked("100..200", "150户", true);
}

#[test]
fn what_is_no_range_of_amounts() {
    for typed in [">", ">abc", ">100亿元x", "100亿元", "..100", "1亩..2元", ">2017年", "1...2", "", "<-", ">00"]
    {
        assert_eq!(AmountRange::parse(typed), None, "{typed}");
    }
}

#[test]
fn every_amount_holds_one_of_the_names_of_its_dimension() {
    for text in ["5.6亿元", "250㎡", "百分之三十五", "千分之5", "12家", "30万人次", "3千克", "2个小时", "12个人", "5‰"]
    {
        for amount in amounts(text) {
            let range = AmountRange { low: None, high: None, dimension: Some(amount.quantity.unit.dimension) };
            let names = range.units().expect("it has a dimension");
            assert!(names.iter().any(|name| text.contains(name)), "{text}");
        }
    }
}

#[test]
fn every_unit_has_a_code_of_its_own() {
    let codes: Vec<u16> = unit::all().map(|unit| unit.code().expect("a code")).collect();
    assert_eq!(codes, (0..codes.len() as u16).collect::<Vec<_>>(), "two rows of one dimension and size");
    assert!(unit::all().zip(codes).all(|(unit, code)| Unit::of_code(code) == Some(unit)));
}
